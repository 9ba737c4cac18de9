package org.diskferry.access.signing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.diskferry.access.SecretKey;

/// What a Signature V4 key is good for: one day, one region, one service.
///
/// @param day `20261121`
/// @param region as the client is configured
/// @param service the name that the client signs for
record Scope(String day, String region, String service) {
  static final String TERMINATOR = "aws4_request";

  /// Whether paths are signed as they are sent; all services but one encode them a second time.
  boolean signsPathsAsSent() {
    return service.equals("s3");
  }

  byte[] key(SecretKey secret) {
    byte[] bytes = secret.bytes();
    byte[] seed = seed(bytes);
    try {
      byte[] forDay = Hmac.SHA256.of(seed, day);
      byte[] forRegion = Hmac.SHA256.of(forDay, region);
      byte[] forService = Hmac.SHA256.of(forRegion, service);
      return Hmac.SHA256.of(forService, TERMINATOR);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(seed, (byte) 0);
    }
  }

  private static byte[] seed(byte[] secret) {
    byte[] prefix = "AWS4".getBytes(StandardCharsets.US_ASCII);
    byte[] seed = Arrays.copyOf(prefix, prefix.length + secret.length);
    System.arraycopy(secret, 0, seed, prefix.length, secret.length);
    return seed;
  }

  @Override
  public String toString() {
    return day + "/" + region + "/" + service + "/" + TERMINATOR;
  }
}
