package org.diskferry.store;

/// Name of a bucket: 1 to 255 printable ASCII characters without slash; stores are stricter in
/// different ways, and their answer counts.
public record BucketName(String value) {
  private static final int LONGEST = 255;

  /// Checks the form.
  public BucketName {
    if (value.isEmpty()
        || value.length() > LONGEST
        || value.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '/')) {
      throw new IllegalArgumentException("not a bucket name: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
