package org.diskferry.server.registry;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.diskferry.job.Account;
import org.diskferry.job.Hold;
import org.diskferry.job.Job;
import org.diskferry.job.JobId;
import org.diskferry.job.JobListing;
import org.diskferry.job.JobType;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/// The table of jobs: one row a job, as its last event left it.
final class JobRows {
  private static final String DEVICE_OF_ONE = "job_device";

  private JobRows() {}

  /// The index that lets a device be one job's.
  static String deviceIndex() {
    return DEVICE_OF_ONE;
  }

  /// A new job's row, or nothing where the id was ever used.
  static boolean insert(Handle handle, Job job, byte[] chain) {
    Update insert =
        handle
            .createUpdate(
                "INSERT INTO registry.job (id, account, created, type, state, canceled, events,"
                    + " chain, fingerprint, over, at_dock, held_since) VALUES (:id, :account,"
                    + " :created, :type, :state, :canceled, :events, :chain, :fingerprint, :over,"
                    + " :dock, :held) ON CONFLICT (id) DO NOTHING")
            .bind("account", job.account().number())
            .bind("created", EventRows.utc(job.created()));
    return bind(insert, job, chain).execute() == 1;
  }

  static void update(Handle handle, Job job, byte[] chain) {
    Update update =
        handle.createUpdate(
            "UPDATE registry.job SET type = :type, state = :state, canceled = :canceled,"
                + " events = :events, chain = :chain, fingerprint = :fingerprint, over = :over,"
                + " at_dock = :dock, held_since = :held WHERE id = :id");
    bind(update, job, chain).execute();
  }

  private static Update bind(Update update, Job job, byte[] chain) {
    return update
        .bind("id", job.id().value())
        .bind("type", job.type().name())
        .bind("state", job.state().name())
        .bind("canceled", job.ending().canceled())
        .bind("events", job.events())
        .bind("chain", chain)
        .bind("fingerprint", job.custody().fingerprint())
        .bind("over", job.state().isOver())
        .bind("dock", job.custody().isBound() && !job.ending().isReturned())
        .bind("held", job.waiting().map(Hold::since).map(EventRows::utc).orElse(null));
  }

  /// Locks the job until the transaction ends, and returns the head of its chain.
  static Optional<byte[]> lock(Handle handle, JobId id) {
    return handle
        .createQuery("SELECT chain FROM registry.job WHERE id = :id FOR UPDATE")
        .bind("id", id.value())
        .mapTo(byte[].class)
        .findOne();
  }

  /// The head of a job's chain and the number of its events.
  static Optional<Head> head(Handle handle, JobId id) {
    return handle
        .createQuery("SELECT chain, events FROM registry.job WHERE id = :id")
        .bind("id", id.value())
        .map((row, context) -> new Head(row.getBytes("chain"), row.getInt("events")))
        .findOne();
  }

  /// Where a chain ends.
  static final class Head {
    private final byte[] hash;
    private final int events;

    Head(byte[] hash, int events) {
      this.hash = hash;
      this.events = events;
    }

    byte[] hash() {
      return hash;
    }

    int events() {
      return events;
    }
  }

  /// Makes the account's other creations wait until the transaction ends.
  static void lockAccount(Handle handle, Account account) {
    handle
        .createQuery(
            "SELECT 1 FROM pg_advisory_xact_lock(hashtext('diskferry.quota'), hashtext(:a))")
        .bind("a", account.number())
        .mapTo(Integer.class)
        .one();
  }

  static int createdSince(Handle handle, Account account, Instant then) {
    return handle
        .createQuery(
            "SELECT count(*) FROM registry.job WHERE account = :account AND created >= :then")
        .bind("account", account.number())
        .bind("then", EventRows.utc(then))
        .mapTo(Integer.class)
        .one();
  }

  /// The number of a job of this account, by which lists are ordered.
  static Optional<Long> number(Handle handle, Account account, JobId id) {
    return handle
        .createQuery("SELECT number FROM registry.job WHERE id = :id AND account = :account")
        .bind("id", id.value())
        .bind("account", account.number())
        .mapTo(Long.class)
        .findOne();
  }

  /// Jobs of an account with a smaller number, newest first.
  static List<JobListing> before(Handle handle, Account account, long number, int most) {
    return handle
        .createQuery(
            "SELECT id, type, created, canceled FROM registry.job"
                + " WHERE account = :account AND number < :number ORDER BY number DESC LIMIT :most")
        .bind("account", account.number())
        .bind("number", number)
        .bind("most", most)
        .map((row, context) ->
            new JobListing(
                new JobId(row.getString("id")),
                JobType.valueOf(row.getString("type")),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                row.getBoolean("canceled")))
        .list();
  }

  static List<JobId> pendingSince(Handle handle, Instant then, int most) {
    return ids(
        handle
            .createQuery(
                "SELECT id FROM registry.job WHERE state = 'PENDING' AND created < :then"
                    + " ORDER BY created LIMIT :most")
            .bind("then", EventRows.utc(then))
            .bind("most", most));
  }

  static List<JobId> heldSince(Handle handle, Instant then, int most) {
    return ids(
        handle
            .createQuery(
                "SELECT id FROM registry.job WHERE held_since < :then"
                    + " ORDER BY held_since LIMIT :most")
            .bind("then", EventRows.utc(then))
            .bind("most", most));
  }

  static Optional<JobId> ofDevice(Handle handle, String fingerprint) {
    return handle
        .createQuery(
            "SELECT id FROM registry.job WHERE fingerprint = :fingerprint"
                + " AND fingerprint <> '' AND NOT over")
        .bind("fingerprint", fingerprint)
        .mapTo(String.class)
        .map(JobId::new)
        .findOne();
  }

  static List<JobId> waitingToGoBack(Handle handle, String fingerprint) {
    return ids(
        handle
            .createQuery(
                "SELECT id FROM registry.job WHERE fingerprint = :fingerprint"
                    + " AND fingerprint <> '' AND over AND at_dock ORDER BY number DESC")
            .bind("fingerprint", fingerprint));
  }

  static List<JobId> atTheDock(Handle handle, int most) {
    return ids(
        handle
            .createQuery("SELECT id FROM registry.job WHERE at_dock ORDER BY number LIMIT :most")
            .bind("most", most));
  }

  private static List<JobId> ids(Query query) {
    return query.mapTo(String.class).map(JobId::new).list();
  }
}
