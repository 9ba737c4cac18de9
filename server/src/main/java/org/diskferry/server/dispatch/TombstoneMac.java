package org.diskferry.server.dispatch;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.diskferry.job.JobId;

/// HMAC-SHA256 (RFC 2104) over job id, LF and a word, in lower-case hex: what a device says of
/// itself was decided here. The word is the proof of an erase, which is hexadecimal, or `fill`.
final class TombstoneMac {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String FILL = "fill";

  private final SecretKey key;

  TombstoneMac(SecretKey key) {
    this.key = key;
  }

  String of(JobId job, String proof) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of()
          .formatHex(mac.doFinal((job + "\n" + proof).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /// What stands on a device while it is being filled.
  String ofFill(JobId job) {
    return of(job, FILL);
  }

  boolean isFill(JobId job, String mac) {
    return isOurs(job, FILL, mac);
  }

  boolean isOurs(JobId job, String proof, String mac) {
    return MessageDigest.isEqual(
        of(job, proof).getBytes(StandardCharsets.US_ASCII), mac.getBytes(StandardCharsets.UTF_8));
  }
}
