package org.diskferry.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.job.Account;
import org.diskferry.job.Confidential;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobId;
import org.diskferry.job.JobStatus;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobType;
import org.diskferry.job.NewJob;
import org.diskferry.job.testing.JobStoreContract;
import org.diskferry.job.testing.Jobs;
import org.diskferry.job.testing.SettableClock;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The contract of a job store, and what is PostgreSQL's part in it, on whatever server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PostgresJobStoreContract extends JobStoreContract {
  private static final SiteKey KEY = SiteKey.random(new SecureRandom());

  private final TestDatabase database;
  private final HikariDataSource pool;
  private long accounts = 100_000_000_000L;
  private boolean migrated;

  PostgresJobStoreContract(TestDatabase database) {
    this.database = database;
    this.pool = Pool.of(database.login());
  }

  @AfterAll
  void dropDatabase() {
    pool.close();
    database.close();
  }

  @Override
  protected JobStore store(SettableClock clock, int quota) throws Exception {
    return registry(clock, quota).jobs();
  }

  @Override
  protected Account freshAccount() {
    return new Account(Long.toString(accounts++));
  }

  @Test
  void nothingConfidentialLiesInTheDatabase() throws Exception {
    JobStore jobs = registry().jobs();
    String manifest = "trueCryptPassword: Tr0ub4dor street1: 12 Larch Lane";
    Job job =
        jobs.create(
                new NewJob(
                    freshAccount(),
                    Confidential.of("margaret"),
                    JobType.IMPORT,
                    Confidential.of(manifest)))
            .job();
    jobs.append(job.id(), Jobs.bound("disk of " + job.id()));
    jobs.append(job.id(), new JobEvent.Released(JobEvent.Cause.OPERATOR));
    jobs.append(job.id(), new JobEvent.Returned("UPS", Confidential.of("1Z777")));
    assertThat(jobs.find(job.id()).orElseThrow().manifest().text()).contains(manifest);
    assertThat(everything())
        .contains(job.id().value())
        .doesNotContain("Tr0ub4dor", "Larch", "margaret", "1Z777")
        .doesNotContain(hex("Tr0ub4dor"), hex("Larch"), hex("margaret"), hex("1Z777"));
  }

  @Test
  void aDestroyedKeyTakesTheTextsWithItAndLeavesTheEvents() throws Exception {
    Registry registry = registry();
    JobStore jobs = registry.jobs();
    JobId id = jobs.create(asked()).job().id();
    jobs.append(id, new JobEvent.CancelRequested());
    Job gone = jobs.append(id, new JobEvent.KeyDestroyed());
    assertThat(gone.manifest().text()).isEmpty();
    assertThat(gone.manifest().commitment()).hasSize(64);
    assertThat(jobs.find(id)).contains(gone);
    assertThat(jobs.history(id)).hasSize(3);
    assertThat(registry.firstBrokenEvent(id)).isEmpty();
    assertThat(query("SELECT data_key FROM registry.job_key WHERE job = '" + id + "'"))
        .containsExactly("null");
    assertThat(query("SELECT 1 FROM registry.confidential WHERE job = '" + id + "'")).isEmpty();
    assertThat(JobStatus.of(gone).progress().word()).isEqualTo("Canceled");
  }

  @Test
  void aDeviceThatComesAfterTheKeyWasDestroyedCanGoBack() throws Exception {
    JobStore jobs = registry().jobs();
    JobId id = jobs.create(asked()).job().id();
    jobs.append(id, new JobEvent.CancelRequested());
    jobs.append(id, new JobEvent.KeyDestroyed());
    jobs.append(id, new JobEvent.Received());
    Job job = jobs.append(id, new JobEvent.Returned("UPS", Confidential.of("1Z")));
    assertThat(job.ending().isReturned()).isTrue();
    assertThat(jobs.find(id).orElseThrow().ending().tracking().text()).isEmpty();
  }

  @Test
  void eventsCannotBeChangedByAccident() {
    for (String sql :
        List.of(
            "UPDATE registry.event SET type = 'erased'",
            "DELETE FROM registry.event",
            "TRUNCATE registry.event")) {
      assertThatThrownBy(() -> execute(sql))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("never changed");
    }
  }

  @Test
  void theChainShowsWhereEventsWereTamperedWith() throws Exception {
    Registry registry = registry();
    JobId whole = longJob(registry);
    assertThat(registry.firstBrokenEvent(whole)).isEmpty();
    for (String tampering :
        List.of(
            "UPDATE registry.event SET payload = replace(convert_from(payload, 'UTF8'), 'disk',"
                + " 'disc')::bytea WHERE number = 2",
            "UPDATE registry.event SET type = 'received', payload = '{}' WHERE number = 2",
            "UPDATE registry.event SET at = at + interval '1 microsecond' WHERE number = 2",
            "UPDATE registry.event SET version = 2 WHERE number = 2",
            "UPDATE registry.event SET hash = sha256(payload) WHERE number = 2",
            "DELETE FROM registry.event WHERE number = 2")) {
      JobId id = longJob(registry);
      tamper(tampering + " AND job = '" + id + "'");
      assertThat(registry.firstBrokenEvent(id)).as(tampering).contains(2);
    }
    JobId cut = longJob(registry);
    tamper("DELETE FROM registry.event WHERE number = 4 AND job = '" + cut + "'");
    assertThat(registry.firstBrokenEvent(cut)).contains(4);
    JobId moved = longJob(registry);
    tamper(
        "UPDATE registry.event AS e SET payload = f.payload, hash = f.hash, at = f.at"
            + (" FROM registry.event AS f WHERE e.number = 3 AND f.number = 3 AND e.job = '%s'"
                    + " AND f.job = '%s'")
                .formatted(moved, whole));
    assertThat(registry.firstBrokenEvent(moved)).contains(3);
  }

  @Test
  void aTextThatWasMovedToAnotherJobDoesNotOpen() throws Exception {
    JobStore jobs = registry().jobs();
    JobId one = jobs.create(asked()).job().id();
    JobId two = jobs.create(asked()).job().id();
    execute(
        ("UPDATE registry.job_key SET data_key ="
                + " (SELECT data_key FROM registry.job_key WHERE job = '%s') WHERE job = '%s'")
            .formatted(one, two));
    assertThatThrownBy(() -> jobs.find(two)).isInstanceOf(BrokenSealException.class);
  }

  @Test
  void anotherKeyFileIsRefused() {
    registryUnchecked();
    assertThatThrownBy(
            () -> Registry.open(pool, SiteKey.random(new SecureRandom()), Instant::now, QUOTA))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("site key");
  }

  @Test
  void whatWasStoredIsThereForAnotherProcess() throws Exception {
    Job job = registry().jobs().create(asked()).job();
    assertThat(registry().jobs().find(job.id())).contains(job);
  }

  private NewJob asked() {
    return new NewJob(
        freshAccount(), Confidential.of("jane"), JobType.IMPORT, Confidential.of("bucket: b"));
  }

  private JobId longJob(Registry registry) throws Exception {
    JobStore jobs = registry.jobs();
    JobId id = jobs.create(asked()).job().id();
    jobs.append(id, Jobs.bound("disk " + id));
    jobs.append(id, new JobEvent.Admitted("station", 1));
    jobs.append(id, new JobEvent.LoadStarted(1, 1));
    return id;
  }

  private Registry registry() throws RegistryException {
    return registry(new SettableClock(Jobs.START), QUOTA);
  }

  private Registry registry(SettableClock clock, int quota) throws RegistryException {
    if (!migrated) {
      migrated = true;
      return Registry.open(pool, KEY, clock, quota);
    }
    return Registry.over(pool, KEY, clock, quota);
  }

  private void registryUnchecked() {
    try {
      registry();
    } catch (RegistryException e) {
      throw new IllegalStateException(e);
    }
  }

  private void tamper(String sql) throws SQLException {
    execute("ALTER TABLE registry.event DISABLE TRIGGER event_is_final");
    execute(sql);
    execute("ALTER TABLE registry.event ENABLE TRIGGER event_is_final");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> query(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(String.valueOf(rows.getString(1)));
      }
      return found;
    }
  }

  /// All rows of all tables, as text; bytes in hex and, where they are text, as text.
  private String everything() throws SQLException {
    StringBuilder all = new StringBuilder();
    for (String table :
        query("SELECT tablename FROM pg_tables WHERE schemaname = 'registry' ORDER BY 1")) {
      query("SELECT t::text FROM registry.\"%s\" AS t".formatted(table))
          .forEach(row -> all.append(row).append('\n'));
    }
    query("SELECT convert_from(payload, 'UTF8') FROM registry.event")
        .forEach(row -> all.append(row).append('\n'));
    return all.toString();
  }

  private static String hex(String text) {
    return java.util.HexFormat.of()
        .formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
