/// Encrypted volumes of TrueCrypt (5.0 to 7.1a) and VeraCrypt, opened by their password and made.
///
/// Only XTS volumes are read; those of TrueCrypt 4 and older (LRW, CBC), keyfiles and the Argon2id
/// headers of the newest VeraCrypt are not. What holds for the bytes of a volume's header stands at
/// [VolumeHeader]. Passwords and keys live in arrays that are wiped when their owner is closed;
/// what the platform's ciphers copy of them cannot be reached and goes with the garbage.
///
/// This is the one room of the module that uses Bouncy Castle: for ciphers and hashes that the JDK
/// does not have. What PBKDF2 does half a million times is ours or the platform's ([Repetition]).
@NullMarked
package org.diskferry.media.crypt;

import org.jspecify.annotations.NullMarked;
