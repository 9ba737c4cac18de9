package org.diskferry.depot.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// The algorithms of `x-amz-checksum-*`.
enum ChecksumAlgorithm {
  CRC32(4, 0xedb88320L),
  CRC32C(4, 0x82f63b78L),
  CRC64NVME(8, Crc64Nvme.POLYNOMIAL),
  SHA1(20, 0),
  SHA256(32, 0);

  private final int length;
  private final long polynomial;

  ChecksumAlgorithm(int length, long polynomial) {
    this.length = length;
    this.polynomial = polynomial;
  }

  /// By the name that clients use, in any case.
  static Optional<ChecksumAlgorithm> named(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(each -> each.name().equals(wanted)).findFirst();
  }

  /// Name of the header that carries it.
  String header() {
    return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
  }

  /// Name of the element that carries it.
  String element() {
    return "Checksum" + name();
  }

  /// Bytes of a value.
  int length() {
    return length;
  }

  /// Whether values of parts can be joined to that of the whole.
  boolean joins() {
    return polynomial != 0;
  }

  /// The reflected polynomial, of those that join.
  long polynomial() {
    return polynomial;
  }

  Digest begin() {
    return switch (this) {
      case CRC32 -> Digest.of(new CRC32(), length);
      case CRC32C -> Digest.of(new CRC32C(), length);
      case CRC64NVME -> Digest.of(new Crc64Nvme(), length);
      case SHA1 -> Digest.of(sha("SHA-1"));
      case SHA256 -> Digest.of(sha("SHA-256"));
    };
  }

  private static MessageDigest sha(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }
}
