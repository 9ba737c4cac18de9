package org.diskferry.depot.index;

import java.util.regex.Pattern;

/// Name of a bucket, by the rules of S3: 3 to 63 lower-case letters, digits, dots and hyphens, that
/// begin and end with a letter or digit, without two dots in a row, and not of the form of an IP
/// address.
public record BucketName(String value) {
  private static final Pattern FORM =
      Pattern.compile("(?!.*\\.\\.)(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /// Checks the form.
  public BucketName {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a bucket name: " + value);
    }
  }

  /// Whether a text has the form.
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
