package org.diskferry.depot.acl;

import org.diskferry.access.AccountId;

/// To whom something is granted.
public sealed interface Grantee {
  /// Name of the group of everybody.
  String ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";

  /// Name of the group of everybody who signs.
  String AUTHENTICATED_USERS = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

  /// Whether a caller is meant.
  boolean includes(Caller caller);

  /// One account.
  record Account(AccountId id) implements Grantee {
    @Override
    public boolean includes(Caller caller) {
      return caller.actsFor(id);
    }

    @Override
    public String toString() {
      return id.value();
    }
  }

  /// Everybody.
  record Everyone() implements Grantee {
    @Override
    public boolean includes(Caller caller) {
      return true;
    }

    @Override
    public String toString() {
      return ALL_USERS;
    }
  }

  /// Everybody who signs.
  record Signed() implements Grantee {
    @Override
    public boolean includes(Caller caller) {
      return caller instanceof Caller.User;
    }

    @Override
    public String toString() {
      return AUTHENTICATED_USERS;
    }
  }

  /// As `toString` writes it.
  ///
  /// @throws IllegalArgumentException if it is neither a group nor an account id
  static Grantee of(String text) {
    return switch (text) {
      case ALL_USERS -> new Everyone();
      case AUTHENTICATED_USERS -> new Signed();
      default -> new Account(new AccountId(text));
    };
  }
}
