package org.diskferry.store.testing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import org.diskferry.store.Checksum;

/// The ETags that S3 makes.
final class Digests {
  private Digests() {}

  static String etag(byte[] content) {
    return Checksum.of(content).md5();
  }

  static String etag(Collection<byte[]> parts) {
    try {
      MessageDigest all = MessageDigest.getInstance("MD5");
      parts.forEach(part -> all.update(HexFormat.of().parseHex(etag(part))));
      return HexFormat.of().formatHex(all.digest()) + "-" + parts.size();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
