package org.diskferry.station;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The digests that every Java platform has.
public final class Digests {

  private Digests() {}

  /// For what is compared with a store, and for the log.
  public static MessageDigest md5() {
    return of("MD5");
  }

  /// For telling whether anything at all has changed.
  public static MessageDigest sha256() {
    return of("SHA-256");
  }

  private static MessageDigest of(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
