package org.diskferry.server.registry;

import java.util.List;
import org.diskferry.access.AccessKeyId;
import org.diskferry.access.AccountId;
import org.diskferry.access.Credentials;
import org.diskferry.access.policy.PolicyException;

/// Accounts, their users, and what these may do: the operator's side of the key ring. What is
/// changed counts from the next request on.
///
/// What names an account, user or key that is not there is an [IllegalArgumentException]; nothing
/// is stored then.
public interface Members {

  /// A new account under a random number.
  ///
  /// @param name for people
  AccountId createAccount(String name) throws RegistryException;

  /// A new user, who may do nothing yet.
  void createUser(Member member) throws RegistryException;

  /// A new key pair. The secret is shown here and never again.
  Credentials createKey(Member member) throws RegistryException;

  /// The key does not open anything any more.
  void revoke(AccessKeyId key) throws RegistryException;

  /// Gives a user a policy, or replaces the one of that name.
  ///
  /// @param json the document
  /// @throws PolicyException where it is none
  void putPolicy(Member member, String name, String json) throws PolicyException, RegistryException;

  /// Takes a policy from a user.
  void removePolicy(Member member, String name) throws RegistryException;

  /// The users of all accounts.
  List<Member> list() throws RegistryException;
}
