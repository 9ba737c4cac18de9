package org.diskferry.access.signing;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The two keyed hashes that signatures use, and SHA-256. All are in every Java platform.
enum Hmac {
  SHA1("HmacSHA1"),
  SHA256("HmacSHA256");

  /// SHA-256 of no bytes at all, in hexadecimal.
  static final String EMPTY_SHA256 = sha256Hex(new byte[0]);

  private final String algorithm;

  Hmac(String algorithm) {
    this.algorithm = algorithm;
  }

  /// The name that `SignatureMethod` carries.
  String algorithm() {
    return algorithm;
  }

  byte[] of(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(algorithm + " is not available", e);
    }
  }

  static String sha256Hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is not available", e);
    }
  }

  static String sha256Hex(String text) {
    return sha256Hex(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Compares in a time that does not depend on where the difference is.
  static boolean same(String computed, String claimed) {
    return MessageDigest.isEqual(
        computed.getBytes(StandardCharsets.UTF_8), claimed.getBytes(StandardCharsets.UTF_8));
  }
}
