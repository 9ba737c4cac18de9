package org.diskferry.job;

import java.util.regex.Pattern;

/// Whose a job is: the twelve digits of an account.
public record Account(String number) {
  private static final Pattern FORM = Pattern.compile("[0-9]{12}");

  /// Checks the form.
  public Account {
    if (!FORM.matcher(number).matches()) {
      throw new IllegalArgumentException("an account has twelve digits: " + number);
    }
  }

  @Override
  public String toString() {
    return number;
  }
}
