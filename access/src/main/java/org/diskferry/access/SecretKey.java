package org.diskferry.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/// The secret half of a key pair. Never printed: `toString` hides it, and it is not serializable.
public final class SecretKey {
  private final byte[] bytes;

  private SecretKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /// From the characters that the user was given.
  public static SecretKey of(String secret) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("a secret key must not be empty");
    }
    return new SecretKey(secret.getBytes(StandardCharsets.UTF_8));
  }

  /// The key's bytes, a copy that the caller wipes after use.
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretKey that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "********";
  }
}
