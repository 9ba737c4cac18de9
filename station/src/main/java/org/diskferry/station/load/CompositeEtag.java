package org.diskferry.station.load;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.diskferry.station.Digests;
import org.diskferry.station.journal.Fact.PartStored;

/// The ETag that S3 gives an object made of parts: the MD5 of the parts' MD5s, a hyphen, their
/// number.
final class CompositeEtag {
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

  private CompositeEtag() {}

  /// Empty where a part's ETag is no MD5.
  static String of(Collection<PartStored> parts) {
    MessageDigest md5 = Digests.md5();
    for (PartStored part : parts) {
      if (!MD5.matcher(part.etag()).matches()) {
        return "";
      }
      md5.update(HexFormat.of().parseHex(part.etag()));
    }
    return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
  }
}
