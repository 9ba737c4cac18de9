package org.diskferry.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/// A password or PIN code of the customer. Never printed: `toString` hides it.
public final class Secret {
  /// What is shown in its place.
  public static final String HIDDEN = "********";

  private final byte[] utf8;

  private Secret(byte[] utf8) {
    this.utf8 = utf8;
  }

  /// From the characters of a manifest.
  public static Secret of(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The secret in UTF-8, a copy that the caller wipes after use.
  public byte[] reveal() {
    return utf8.clone();
  }

  /// Length in bytes of UTF-8.
  public int length() {
    return utf8.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(utf8, that.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
