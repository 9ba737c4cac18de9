package org.diskferry.store.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.diskferry.store.ObjectStore.Part;
import org.diskferry.store.StoredObject;

/// Whether an object is the one that parts make.
final class Multipart {
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

  private Multipart() {}

  /// By size and ETag: the MD5 of the parts' MD5s with their number, as all stores have it whose
  /// parts' ETags are MD5s. Where they are not, the number has to do.
  static boolean made(StoredObject object, List<Part> parts) {
    long size = parts.stream().mapToLong(Part::size).sum();
    if (object.size() != size) {
      return false;
    }
    boolean plain = parts.stream().allMatch(part -> MD5.matcher(part.etag()).matches());
    return plain ? object.etag().equals(etag(parts)) : object.etag().endsWith("-" + parts.size());
  }

  private static String etag(List<Part> parts) {
    try {
      MessageDigest all = MessageDigest.getInstance("MD5");
      parts.forEach(part -> all.update(HexFormat.of().parseHex(part.etag())));
      return HexFormat.of().formatHex(all.digest()) + "-" + parts.size();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
