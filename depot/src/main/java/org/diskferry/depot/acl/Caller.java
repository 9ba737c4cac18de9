package org.diskferry.depot.acl;

import org.diskferry.access.AccountId;
import org.diskferry.access.Principal;

/// Who sent a request.
public sealed interface Caller {

  /// Whether the request was made for an account.
  boolean actsFor(AccountId account);

  /// Whether the caller's own policies allow an action; those of nobody forbid nothing.
  boolean mayBy(String action, String resource);

  /// Somebody who did not sign.
  record Nobody() implements Caller {
    @Override
    public boolean actsFor(AccountId account) {
      return false;
    }

    @Override
    public boolean mayBy(String action, String resource) {
      return true;
    }
  }

  /// A user of an account.
  record User(Principal principal) implements Caller {
    @Override
    public boolean actsFor(AccountId account) {
      return principal.account().equals(account);
    }

    @Override
    public boolean mayBy(String action, String resource) {
      return principal.policies().allow(action, resource);
    }
  }
}
