package org.diskferry.media.crypt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The two programs, which share everything but a few numbers.
public enum Program {
  /// TrueCrypt 5.0 to 7.1a.
  TRUECRYPT("TrueCrypt", "TRUE", 64, 0x0600),
  /// VeraCrypt.
  VERACRYPT("VeraCrypt", "VERA", 128, 0x010b);

  private final String word;
  private final int magic;
  private final int longestPassword;
  private final int leastVersion;

  Program(String word, String magic, int longestPassword, int leastVersion) {
    this.word = word;
    this.magic = ByteBuffer.wrap(magic.getBytes(StandardCharsets.US_ASCII)).getInt();
    this.longestPassword = longestPassword;
    this.leastVersion = leastVersion;
  }

  /// As people write it.
  public String word() {
    return word;
  }

  /// The first four bytes of a decrypted header.
  int magic() {
    return magic;
  }

  /// Most bytes of a password that the program takes.
  int longestPassword() {
    return longestPassword;
  }

  /// Whether a new volume can have this password, in UTF-8.
  public boolean takes(byte[] password) {
    return password.length > 0 && password.length <= longestPassword;
  }

  /// The least version of the program that new headers ask for.
  short leastVersion() {
    return (short) leastVersion;
  }
}
