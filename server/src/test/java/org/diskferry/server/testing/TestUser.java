package org.diskferry.server.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.diskferry.access.AccessKeyId;
import org.diskferry.access.AccountId;
import org.diskferry.access.Credentials;
import org.diskferry.access.KeyRing;
import org.diskferry.access.Policies;
import org.diskferry.access.Principal;

/// Somebody with keys and policies.
///
/// @param credentials to sign with
/// @param principal whom they prove
public record TestUser(Credentials credentials, Principal principal) {
  /// May do everything in account 123456789012.
  public static final TestUser OWNER =
      of("AKIAOWNER", "123456789012", "owner", (action, resource) -> true);

  /// A user whose secret is made from their key.
  public static TestUser of(String key, String account, String name, Policies policies) {
    return new TestUser(
        Credentials.of(key, "secret/of+" + key),
        new Principal(new AccountId(account), name, new AccessKeyId(key), policies));
  }

  /// The keys of some users.
  public static KeyRing ring(TestUser... users) {
    Map<AccessKeyId, KeyRing.Holder> holders = new HashMap<>();
    for (TestUser user : users) {
      holders.put(
          user.credentials().id(),
          new KeyRing.Holder(user.credentials().secret(), user.principal()));
    }
    return key -> Optional.ofNullable(holders.get(key));
  }
}
