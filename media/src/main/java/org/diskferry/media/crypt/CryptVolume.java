package org.diskferry.media.crypt;

import org.diskferry.media.block.BlockSource;

/// A volume that was opened by its password.
///
/// @param program whose volume it is
/// @param cipher as the programs write it: `AES`, `Serpent-Twofish-AES`
/// @param hash as they write it: `RIPEMD-160`
/// @param remark what is odd about it, for people: that it is a hidden one, that its header was
///   damaged and the backup used; empty for an ordinary one
/// @param start first of its bytes on its host
/// @param bytes decrypted; readable until the [Unlocking] is closed
public record CryptVolume(
    Program program, String cipher, String hash, String remark, long start, BlockSource bytes) {}
