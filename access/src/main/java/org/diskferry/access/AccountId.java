package org.diskferry.access;

import java.util.regex.Pattern;

/// Who owns jobs, buckets and objects: twelve digits.
public record AccountId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9]{12}");

  /// Checks the form.
  public AccountId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("an account id has twelve digits: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
