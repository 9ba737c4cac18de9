package org.diskferry.server.registry;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.diskferry.job.JobStoreException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All or nothing: what the work throws undoes it.
final class Transactions {
  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

  /// A server that restarts is back within seconds; a client that waits for an answer gives up
  /// after a minute.
  private static final int SETTLE_TRIES = 20;

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

  private final Jdbi jdbi;

  Transactions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// Something to do with one connection.
  ///
  /// @param <R> what comes of it
  /// @param <X> one way in which it fails
  /// @param <Y> another
  @FunctionalInterface
  interface Work<R, X extends Exception, Y extends Exception> {
    R with(Handle handle) throws X, Y;
  }

  <R, X extends Exception, Y extends Exception> R run(String what, Work<R, X, Y> work)
      throws X, Y, JobStoreException {
    try (Handle handle = jdbi.open()) {
      return committed(handle, work);
    } catch (JdbiException e) {
      throw new JobStoreException("the database failed at: " + what, e);
    }
  }

  /// Like [#run], and when the answer to the commit is lost the server is asked what became of it.
  /// What fails then has left nothing, unless the server cannot be asked for ten seconds.
  <R, X extends Exception> R settled(String what, Work<R, X, RuntimeException> work)
      throws X, JobStoreException {
    Commit<R> commit = new Commit<>();
    try {
      return this.<R, X, RuntimeException>run(
          what,
          handle -> {
            R result = work.with(handle);
            commit.isNext(id(handle), result);
            return result;
          });
    } catch (JobStoreException e) {
      return commit.result(this::wasCommitted).orElseThrow(() -> e);
    }
  }

  private static String id(Handle handle) {
    return handle.createQuery("SELECT pg_current_xact_id()::text").mapTo(String.class).one();
  }

  private boolean wasCommitted(String transaction) {
    for (int i = 0; i < SETTLE_TRIES; i++) {
      try {
        String status = status(transaction);
        if (!status.equals("in progress")) {
          return status.equals("committed");
        }
      } catch (JdbiException e) {
        LOG.info("cannot ask yet what became of transaction {}: {}", transaction, e.getMessage());
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
    LOG.error("nobody knows what became of transaction {}", transaction);
    return false;
  }

  private String status(String transaction) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT pg_xact_status(CAST(:id AS xid8))")
            .bind("id", transaction)
            .mapTo(String.class)
            .one());
  }

  /// A commit that was asked for, and what there is to answer when it took place.
  private static final class Commit<R> {
    private @Nullable String id;
    private @Nullable R answer;

    void isNext(String transaction, R result) {
      id = transaction;
      answer = result;
    }

    Optional<R> result(Predicate<String> tookPlace) {
      return id != null && tookPlace.test(id) ? Optional.ofNullable(answer) : Optional.empty();
    }
  }

  private static <R, X extends Exception, Y extends Exception> R committed(
      Handle handle, Work<R, X, Y> work) throws X, Y {
    handle.begin();
    boolean done = false;
    try {
      R result = work.with(handle);
      handle.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        handle.rollback();
      }
    }
  }

  /// Whether a statement failed because of this constraint or index.
  static boolean violates(JdbiException failure, String constraint) {
    return failure.getCause() instanceof SQLException sql
        && "23505".equals(sql.getSQLState())
        && String.valueOf(sql.getMessage()).contains('"' + constraint + '"');
  }
}
