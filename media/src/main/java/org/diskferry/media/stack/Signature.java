package org.diskferry.media.stack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// Bytes by which something is known that cannot be read.
///
/// @param name as people call it
/// @param offset where the bytes stand; negative: from the end
/// @param bytes what stands there
/// @param advice what the customer can do
@SuppressWarnings("ArrayRecordComponent") // a private table: never compared, never changed
record Signature(String name, long offset, byte[] bytes, String advice) {
  private static final String COPY =
      "copy the files to a disk with NTFS, ext4, exFAT, FAT32 or HFS+ and send that";

  /// What to do about encryption that is not supported.
  static final String DECRYPT =
      "decrypt it, or copy the files into a TrueCrypt or VeraCrypt volume, and send that";

  private static final String ASSEMBLE =
      "copy the files from the assembled volume to a plain disk and send that";

  /// How much of a volume must be zero for it to be called empty.
  private static final int HEAD = 64 << 10;

  private static final List<Signature> KNOWN =
      List.of(
          at("BitLocker", 3, "-FVE-FS-", DECRYPT),
          at("BitLocker To Go", 424, hex("3BD66749292ED84A8399F6A339E3D001"), DECRYPT),
          at("LUKS", 0, hex("4C554B53BABE"), DECRYPT),
          at("APFS", 32, "NXSB", COPY),
          at("HFS", 1024, "BD", COPY),
          at("ReFS", 3, hex("5265465300000000"), COPY),
          at("XFS", 0, "XFSB", COPY),
          at("btrfs", 0x10040, "_BHRfS_M", COPY),
          at("F2FS", 1024, hex("1020F5F2"), COPY),
          at("JFS", 0x8000, "JFS1", COPY),
          at("ReiserFS", 0x10034, "ReIsEr2Fs", COPY),
          at("NILFS2", 1030, hex("3434"), COPY),
          at("bcachefs", 4120, hex("C68573F64E1A45CA8265F57F48BA6D81"), COPY),
          at("ISO 9660", 0x8001, "CD001", COPY),
          at("UDF", 0x8001, "BEA01", COPY),
          at("LVM physical volume", 512, "LABELONE", ASSEMBLE),
          at("LVM physical volume", 0, "LABELONE", ASSEMBLE),
          at("Linux RAID member", 0, hex("FC4E2BA9"), ASSEMBLE),
          at("Linux RAID member", 4096, hex("FC4E2BA9"), ASSEMBLE),
          at("Linux RAID member", -8192, hex("FC4E2BA9"), ASSEMBLE),
          at("Windows dynamic disk", -(1L << 20) + 512, "PRIVHEAD", ASSEMBLE),
          at("Storage Spaces", 4096, "SPACEDB ", ASSEMBLE),
          at("ZFS member", 0x20000 - 0x400, hex("0CB1BA0000000000"), ASSEMBLE),
          at("Linux swap space", 4086, "SWAPSPACE2", COPY));

  private static Signature at(String name, long offset, String text, String advice) {
    return at(name, offset, text.getBytes(StandardCharsets.ISO_8859_1), advice);
  }

  private static Signature at(String name, long offset, byte[] bytes, String advice) {
    return new Signature(name, offset, bytes, advice);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /// What a volume is that no readable format recognised.
  static Contents match(BlockSource volume) throws MediaException {
    for (Signature signature : KNOWN) {
      if (signature.stands(volume)) {
        return new Contents.Unsupported(signature.name(), signature.advice());
      }
    }
    return isZero(volume) ? new Contents.Empty() : new Contents.Unknown(false);
  }

  private boolean stands(BlockSource volume) throws MediaException {
    long start = offset >= 0 ? offset : volume.size() + offset;
    if (start < 0 || start > volume.size() - bytes.length) {
      return false;
    }
    byte[] found = new byte[bytes.length];
    volume.read(start, ByteBuffer.wrap(found));
    return Arrays.equals(found, bytes);
  }

  private static boolean isZero(BlockSource volume) throws MediaException {
    byte[] head = new byte[Math.toIntExact(Math.min(HEAD, volume.size()))];
    volume.read(0, ByteBuffer.wrap(head));
    for (byte b : head) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
