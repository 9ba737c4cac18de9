package org.diskferry.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import org.diskferry.access.AccessKeyId;
import org.diskferry.access.AccountId;
import org.diskferry.access.Credentials;
import org.diskferry.access.KeyRing.Holder;
import org.diskferry.access.policy.PolicyException;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MembersTest {
  private static final int QUOTA = 50;
  private static final SiteKey KEY = SiteKey.random(new SecureRandom());
  private static final String ALLOW =
      """
      {"Version": "2012-10-17",
       "Statement": {"Effect": "Allow", "Action": "importexport:*", "Resource": "*"}}
      """;

  @AutoClose private static final TestDatabase DATABASE = TestDatabase.create();
  @AutoClose private static final HikariDataSource POOL = Pool.of(DATABASE.login());

  private Registry registry;
  private Members members;
  private Member jane;

  @BeforeAll
  static void schema() throws Exception {
    Registry.open(POOL, KEY, Instant::now, QUOTA);
  }

  @BeforeEach
  void freshUser() throws Exception {
    registry = Registry.over(POOL, KEY, Instant::now, QUOTA);
    members = registry.members();
    jane = new Member(members.createAccount("Larch Ltd"), "jane");
    members.createUser(jane);
  }

  @Test
  void aKeyOpensAsItsUserWhoMayDoNothingAtFirst() throws Exception {
    Credentials key = members.createKey(jane);
    Holder holder = registry.keyRing().find(key.id()).orElseThrow();
    assertThat(holder.secret()).isEqualTo(key.secret());
    assertThat(holder.principal().account()).isEqualTo(jane.account());
    assertThat(holder.principal().user()).isEqualTo("jane");
    assertThat(holder.principal().key()).isEqualTo(key.id());
    assertThat(holder.principal().policies().allow("importexport:CreateJob", "*")).isFalse();
  }

  @Test
  void policiesCountFromTheNextRequestOn() throws Exception {
    Credentials key = members.createKey(jane);
    members.putPolicy(jane, "jobs", ALLOW);
    assertThat(mayCreateJobs(key)).isTrue();
    members.putPolicy(jane, "jobs", ALLOW.replace("Allow", "Deny"));
    assertThat(mayCreateJobs(key)).isFalse();
    members.putPolicy(jane, "jobs", ALLOW);
    members.removePolicy(jane, "jobs");
    assertThat(mayCreateJobs(key)).isFalse();
  }

  @Test
  void aBrokenPolicyIsNotStored() throws Exception {
    Credentials key = members.createKey(jane);
    members.putPolicy(jane, "jobs", ALLOW);
    assertThatThrownBy(() -> members.putPolicy(jane, "jobs", "{"))
        .isInstanceOf(PolicyException.class);
    assertThat(mayCreateJobs(key)).isTrue();
  }

  @Test
  void aRevokedKeyOpensNothing() throws Exception {
    Credentials key = members.createKey(jane);
    Credentials other = members.createKey(jane);
    members.revoke(key.id());
    members.revoke(key.id());
    assertThat(registry.keyRing().find(key.id())).isEmpty();
    assertThat(registry.keyRing().find(other.id())).isPresent();
  }

  @Test
  void keysOutliveTheProcess() throws Exception {
    Credentials key = members.createKey(jane);
    Registry later = Registry.over(POOL, KEY, Instant::now, QUOTA);
    assertThat(later.keyRing().find(key.id()).orElseThrow().secret()).isEqualTo(key.secret());
    assertThat(later.members().list()).contains(jane);
  }

  @Test
  void aSecretLiesInTheDatabaseOnlySealed() throws Exception {
    Credentials key = members.createKey(jane);
    byte[] secret = key.secret().bytes();
    try (Connection connection = POOL.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT t::text FROM registry.access_key AS t")) {
      while (rows.next()) {
        assertThat(rows.getString(1))
            .doesNotContain(new String(secret, StandardCharsets.US_ASCII))
            .doesNotContain(HexFormat.of().formatHex(secret));
      }
    }
  }

  @Test
  void aSecretThatWasMovedToAnotherKeyDoesNotOpen() throws Exception {
    Credentials mine = members.createKey(jane);
    Credentials theirs = members.createKey(jane);
    try (Connection connection = POOL.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          ("UPDATE registry.access_key SET secret ="
                  + " (SELECT secret FROM registry.access_key WHERE id = '%s') WHERE id = '%s'")
              .formatted(mine.id(), theirs.id()));
    }
    assertThatThrownBy(() -> registry.keyRing().find(theirs.id()))
        .isInstanceOf(BrokenSealException.class);
  }

  @Test
  void whatIsNotThereIsRefused() throws Exception {
    Member nobody = new Member(jane.account(), "nobody");
    Member nowhere = new Member(new AccountId("000000000000"), "jane");
    assertThat(registry.keyRing().find(new AccessKeyId("AKIANOSUCHKEY"))).isEmpty();
    assertThatThrownBy(() -> members.createKey(nobody))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> members.createUser(nowhere))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> members.createUser(jane)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> members.putPolicy(nobody, "jobs", ALLOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> members.revoke(new AccessKeyId("AKIANOSUCHKEY")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private boolean mayCreateJobs(Credentials key) {
    return registry
        .keyRing()
        .find(key.id())
        .orElseThrow()
        .principal()
        .policies()
        .allow("importexport:CreateJob", "*");
  }
}
