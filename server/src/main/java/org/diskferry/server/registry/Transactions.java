package org.diskferry.server.registry;

import java.sql.SQLException;
import org.diskferry.job.JobStoreException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// All or nothing: what the work throws undoes it.
final class Transactions {
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
