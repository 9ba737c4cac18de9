package org.diskferry.server.registry;

import java.util.regex.Pattern;
import org.diskferry.access.AccountId;

/// A user of an account.
///
/// @param name 1 to 64 characters of `A-Za-z0-9+=,.@_-`, as the policy language has them
public record Member(AccountId account, String name) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9+=,.@_-]{1,64}");

  /// Checks the name.
  public Member {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a user's name has 1 to 64 characters of A-Z, a-z, 0-9 and +=,.@_-");
    }
  }
}
