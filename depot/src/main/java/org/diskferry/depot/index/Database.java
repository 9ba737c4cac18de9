package org.diskferry.depot.index;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// The connection to PostgreSQL, and what its failures mean.
final class Database {
  private static final String SCHEMA = "depot";

  /// Not serializable, deadlock, and a row that another transaction inserted first.
  private static final Set<String> AGAIN = Set.of("40001", "40P01", "23505");

  /// Two transactions that wait for one another are undone by the server, one at a time.
  private static final int TRIES = 5;

  private final Jdbi jdbi;

  private Database(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// Brings the schema up to date.
  static Database open(DataSource source) {
    Flyway.configure()
        .dataSource(source)
        .schemas(SCHEMA)
        .locations("classpath:org/diskferry/depot/index")
        .load()
        .migrate();
    Jdbi jdbi = Jdbi.create(source);
    requireDurable(jdbi);
    jdbi.registerArrayType(UUID.class, "uuid");
    jdbi.registerArrayType(Long.class, "int8");
    jdbi.registerArrayType(Integer.class, "int4");
    return new Database(jdbi);
  }

  /// A commit that is answered before it is on the medium would make liars of us.
  private static void requireDurable(Jdbi jdbi) {
    for (String setting : List.of("fsync", "synchronous_commit")) {
      String value =
          jdbi.withHandle(handle ->
              handle
                  .createQuery("SELECT current_setting(:name)")
                  .bind("name", setting)
                  .mapTo(String.class)
                  .one());
      if (value.equals("off")) {
        throw new IllegalStateException(
            "the depot's database has %s = off; turn it on, or objects may be lost"
                .formatted(setting));
      }
    }
  }

  /// One statement, or several that need not be one.
  <T, X extends Exception> T with(Work<T, X> work) throws X {
    return jdbi.withHandle(work::on);
  }

  /// All or nothing; again where the server could not let two of them through at once.
  <T, X extends Exception> T transact(Work<T, X> work) throws X {
    for (int tries = 1; ; tries++) {
      try {
        return jdbi.inTransaction(work::on);
      } catch (JdbiException e) {
        String state = sqlState(e).orElse("");
        boolean again = AGAIN.contains(state);
        if (!again || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  /// The five characters by which the server says what went wrong.
  static Optional<String> sqlState(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && sql.getSQLState() != null) {
        return Optional.of(sql.getSQLState());
      }
    }
    return Optional.empty();
  }

  /// Something to be done on a connection.
  interface Work<T, X extends Exception> {
    T on(Handle handle) throws X;
  }
}
