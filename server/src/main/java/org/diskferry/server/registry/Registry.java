package org.diskferry.server.registry;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.diskferry.access.KeyRing;
import org.diskferry.job.JobId;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobStoreException;
import org.diskferry.job.NoSuchJobException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;

/// The registry of a site in one database, opened with the site's key.
public final class Registry {
  private static final String SCHEMA = "registry";

  private final PostgresJobStore jobs;
  private final PostgresMembers members;
  private final SiteKey key;

  private Registry(PostgresJobStore jobs, PostgresMembers members, SiteKey key) {
    this.jobs = jobs;
    this.members = members;
    this.key = key;
  }

  /// Brings the schema `registry` up to date and opens it. The pool stays the caller's.
  ///
  /// @param clock whose time events get
  /// @param quota jobs that an account may create in a day, UTC
  /// @throws RegistryException where the database cannot be used, or belongs to another key
  public static Registry open(DataSource pool, SiteKey key, InstantSource clock, int quota)
      throws RegistryException {
    migrate(pool);
    return over(pool, key, clock, quota);
  }

  /// Opens a schema that is up to date.
  static Registry over(DataSource pool, SiteKey key, InstantSource clock, int quota)
      throws RegistryException {
    Jdbi jdbi = Jdbi.create(pool);
    Transactions transactions = new Transactions(jdbi);
    SiteCheck.check(transactions, key);
    SecureRandom random = new SecureRandom();
    return new Registry(
        new PostgresJobStore(transactions, new JobSecrets(key, random), clock, random, quota),
        new PostgresMembers(
            transactions, new Seal(key.derive("access-keys", "AES"), random), clock, random),
        key);
  }

  /// The jobs.
  public JobStore jobs() {
    return jobs;
  }

  /// The accounts, for who administers them.
  public Members members() {
    return members;
  }

  /// The keys, for who verifies requests. It asks the database each time; a failure of the database
  /// is a [org.diskferry.server.registry.RegistryUnavailableException].
  public KeyRing keyRing() {
    return members;
  }

  /// A key of this site for one use, such as the tombstones' HMAC.
  public SecretKey siteKey(String use, String algorithm) {
    return key.derive(use, algorithm);
  }

  /// Where the events of a job do not agree with their hash chain: the number of the first that was
  /// altered, is missing or was added; empty where all is as it was written.
  public Optional<Integer> firstBrokenEvent(JobId job)
      throws NoSuchJobException, JobStoreException {
    return jobs.firstBroken(job);
  }

  private static void migrate(DataSource pool) throws RegistryException {
    try {
      Flyway.configure()
          .dataSource(pool)
          .defaultSchema(SCHEMA)
          .createSchemas(true)
          .locations("classpath:org/diskferry/server/registry")
          .failOnMissingLocations(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new RegistryException(
          "cannot bring the registry's schema up to date: " + e.getMessage(), e);
    }
  }
}
