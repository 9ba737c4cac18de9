package org.diskferry.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// A checksum of an object or a part, for a store that can compute it too.
///
/// @param crc32c Castagnoli CRC of the bytes, as `java.util.zip.CRC32C` gives it (32 bits); -1
///   where it was not computed
/// @param md5 16 bytes as 32 lower-case hex digits; empty where it was not computed
public record Checksum(long crc32c, String md5) {
  private static final long LARGEST_CRC = 0xFFFF_FFFFL;
  private static final Pattern MD5_FORM = Pattern.compile("[0-9a-f]{32}|");

  /// Nothing is known of the bytes.
  public static final Checksum NONE = new Checksum(-1, "");

  /// Checks the forms.
  public Checksum {
    if (crc32c < -1 || crc32c > LARGEST_CRC) {
      throw new IllegalArgumentException("a CRC has 32 bits, this one is " + crc32c);
    }
    if (!MD5_FORM.matcher(md5).matches()) {
      throw new IllegalArgumentException("an MD5 is 32 lower-case hex digits, not " + md5);
    }
  }

  /// Only the CRC32C is known.
  public static Checksum ofCrc32c(long crc32c) {
    return new Checksum(crc32c, "");
  }

  /// Both, of bytes in memory.
  public static Checksum of(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    try {
      byte[] md5 = MessageDigest.getInstance("MD5").digest(bytes);
      return new Checksum(crc.getValue(), HexFormat.of().formatHex(md5));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /// A CRC32C as `x-amz-checksum-crc32c` writes it: four bytes, most significant first, in base64.
  public static String base64(long crc32c) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc32c).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
