package org.diskferry.store;

/// A checksum of an object or a part, for a store that can compute it too.
///
/// @param crc32c Castagnoli CRC of the bytes, as `java.util.zip.CRC32C` gives it (32 bits); -1
///   where it was not computed
/// @param md5 16 bytes as 32 lower-case hex digits; empty where it was not computed
public record Checksum(long crc32c, String md5) {
  /// Nothing is known of the bytes.
  public static final Checksum NONE = new Checksum(-1, "");
}
