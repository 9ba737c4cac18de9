package org.diskferry.server.registry;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.diskferry.access.AccessKeyId;
import org.diskferry.access.AccountId;
import org.diskferry.access.Credentials;
import org.diskferry.access.KeyRing;
import org.diskferry.access.Principal;
import org.diskferry.access.SecretKey;
import org.diskferry.access.policy.PolicyDocuments;
import org.diskferry.access.policy.PolicyException;
import org.diskferry.job.JobStoreException;
import org.jdbi.v3.core.Handle;

/// Accounts, users, keys and policies in PostgreSQL; secrets are sealed under the site's key, each
/// for its own key id.
final class PostgresMembers implements Members, KeyRing {
  /// As in the keys that clients know: 20 characters, and 40 of secret.
  private static final String KEY_PREFIX = "AKIA";

  private static final String KEY_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int KEY_TAIL = 16;
  private static final int SECRET_BYTES = 30;
  private static final long ACCOUNTS = 1_000_000_000_000L;
  private static final int MAX_NAME = 200;

  private final Transactions transactions;
  private final Seal seal;
  private final InstantSource clock;
  private final SecureRandom random;

  PostgresMembers(Transactions transactions, Seal seal, InstantSource clock, SecureRandom random) {
    this.transactions = transactions;
    this.seal = seal;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public AccountId createAccount(String name) throws RegistryException {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException("an account's name has 1 to 200 characters");
    }
    AccountId account = new AccountId("%012d".formatted(random.nextLong(ACCOUNTS)));
    change(
        "create an account",
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO registry.account (number, name, created)"
                        + " VALUES (:number, :name, :now)")
                .bind("number", account.value())
                .bind("name", name)
                .bind("now", now())
                .execute());
    return account;
  }

  @Override
  public void createUser(Member member) throws RegistryException {
    int made =
        change(
            "create a user",
            handle ->
                handle
                    .createUpdate(
                        "INSERT INTO registry.member (account, name, created)"
                            + " SELECT number, :name, :now FROM registry.account"
                            + " WHERE number = :account ON CONFLICT DO NOTHING")
                    .bind("account", member.account().value())
                    .bind("name", member.name())
                    .bind("now", now())
                    .execute());
    require(made, "no account %s, or it has a user %s".formatted(member.account(), member.name()));
  }

  @Override
  public Credentials createKey(Member member) throws RegistryException {
    AccessKeyId id = freshId();
    byte[] secret = freshSecret();
    int made =
        change(
            "create a key",
            handle ->
                handle
                    .createUpdate(
                        "INSERT INTO registry.access_key (id, account, member, secret, created)"
                            + " SELECT :id, account, name, :secret, :now FROM registry.member"
                            + " WHERE account = :account AND name = :name")
                    .bind("id", id.value())
                    .bind("secret", seal.close(secret, place(id)))
                    .bind("account", member.account().value())
                    .bind("name", member.name())
                    .bind("now", now())
                    .execute());
    require(made, "no user %s in account %s".formatted(member.name(), member.account()));
    return Credentials.of(id.value(), new String(secret, StandardCharsets.US_ASCII));
  }

  @Override
  public void revoke(AccessKeyId key) throws RegistryException {
    int changed =
        change(
            "revoke a key",
            handle ->
                handle
                    .createUpdate(
                        "UPDATE registry.access_key SET revoked = coalesce(revoked, :now)"
                            + " WHERE id = :id")
                    .bind("id", key.value())
                    .bind("now", now())
                    .execute());
    require(changed, "no key " + key);
  }

  @Override
  public void putPolicy(Member member, String name, String json)
      throws PolicyException, RegistryException {
    PolicyDocuments.parse(List.of(json));
    int made =
        change(
            "put a policy",
            handle ->
                handle
                    .createUpdate(
                        "INSERT INTO registry.policy (account, member, name, document)"
                            + " SELECT account, name, :policy, :document FROM registry.member"
                            + " WHERE account = :account AND name = :name"
                            + " ON CONFLICT (account, member, name)"
                            + " DO UPDATE SET document = excluded.document")
                    .bind("account", member.account().value())
                    .bind("name", member.name())
                    .bind("policy", name)
                    .bind("document", json)
                    .execute());
    require(made, "no user %s in account %s".formatted(member.name(), member.account()));
  }

  @Override
  public void removePolicy(Member member, String name) throws RegistryException {
    int removed =
        change(
            "remove a policy",
            handle ->
                handle
                    .createUpdate(
                        "DELETE FROM registry.policy WHERE account = :account AND member = :member"
                            + " AND name = :name")
                    .bind("account", member.account().value())
                    .bind("member", member.name())
                    .bind("name", name)
                    .execute());
    require(removed, "user %s has no policy %s".formatted(member.name(), name));
  }

  @Override
  public List<Member> list() throws RegistryException {
    return change(
        "list the users",
        handle ->
            handle
                .createQuery("SELECT account, name FROM registry.member ORDER BY account, name")
                .map((row, context) ->
                    new Member(new AccountId(row.getString("account")), row.getString("name")))
                .list());
  }

  @Override
  public Optional<Holder> find(AccessKeyId key) {
    try {
      return transactions.run("look a key up", handle -> find(handle, key));
    } catch (JobStoreException e) {
      throw new RegistryUnavailableException(e);
    }
  }

  private Optional<Holder> find(Handle handle, AccessKeyId key) {
    return handle
        .createQuery(
            "SELECT account, member, secret FROM registry.access_key"
                + " WHERE id = :id AND revoked IS NULL")
        .bind("id", key.value())
        .map((row, context) ->
            holder(
                handle,
                key,
                new Member(new AccountId(row.getString("account")), row.getString("member")),
                row.getBytes("secret")))
        .findOne();
  }

  private Holder holder(Handle handle, AccessKeyId key, Member member, byte[] sealed) {
    byte[] secret = seal.open(sealed, place(key));
    Principal principal =
        new Principal(member.account(), member.name(), key, policies(handle, member));
    Holder holder =
        new Holder(SecretKey.of(new String(secret, StandardCharsets.US_ASCII)), principal);
    Arrays.fill(secret, (byte) 0);
    return holder;
  }

  private static PolicyDocuments policies(Handle handle, Member member) {
    List<String> documents =
        handle
            .createQuery(
                "SELECT document FROM registry.policy WHERE account = :account AND member = :member"
                    + " ORDER BY name")
            .bind("account", member.account().value())
            .bind("member", member.name())
            .mapTo(String.class)
            .list();
    try {
      return PolicyDocuments.parse(documents);
    } catch (PolicyException e) {
      throw new IllegalStateException("a stored policy of %s is broken".formatted(member), e);
    }
  }

  private <R> R change(String what, Transactions.Work<R, RuntimeException, RuntimeException> work)
      throws RegistryException {
    try {
      return transactions.run(what, work);
    } catch (JobStoreException e) {
      throw new RegistryException("cannot " + what, e);
    }
  }

  private static void require(int rows, String otherwise) {
    if (rows == 0) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private AccessKeyId freshId() {
    StringBuilder id = new StringBuilder(KEY_PREFIX);
    for (int i = 0; i < KEY_TAIL; i++) {
      id.append(KEY_ALPHABET.charAt(random.nextInt(KEY_ALPHABET.length())));
    }
    return new AccessKeyId(id.toString());
  }

  private byte[] freshSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encode(bytes);
  }

  private OffsetDateTime now() {
    return EventRows.utc(clock.instant());
  }

  private static String place(AccessKeyId id) {
    return "access-key/" + id;
  }
}
