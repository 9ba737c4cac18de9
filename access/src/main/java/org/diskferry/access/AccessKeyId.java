package org.diskferry.access;

import java.util.regex.Pattern;

/// The public half of a key pair, as it appears in requests.
///
/// @param value 3 to 128 characters of `A-Za-z0-9_-`
public record AccessKeyId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{3,128}");

  /// Checks the form.
  public AccessKeyId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an access key id");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
