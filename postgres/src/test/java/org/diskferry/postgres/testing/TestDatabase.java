package org.diskferry.postgres.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.diskferry.postgres.Login;
import org.postgresql.ds.PGSimpleDataSource;

/// An empty database of its own. Ask for one in a test class, with `@AutoClose`:
///
/// ```java
/// @AutoClose static final TestDatabase DATABASE = TestDatabase.create();
/// ```
///
/// `fsync` and data checksums are on, as in production. Closing drops the database with whatever is
/// still connected to it.
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final TestServer server;
  private final Login login;

  private TestDatabase(TestServer server, Login login) {
    this.server = server;
    this.login = login;
  }

  /// On the server that rides with the product.
  public static TestDatabase create() {
    return createOn(TestServer.embedded());
  }

  /// On a server of your choice.
  public static TestDatabase createOn(TestServer server) {
    String name = "test" + COUNT.incrementAndGet();
    execute(server.login(), "CREATE DATABASE \"" + name + "\"");
    return new TestDatabase(server, server.login().in(name));
  }

  /// How to reach it, for a pool.
  public Login login() {
    return login;
  }

  /// A new connection each time, no pool.
  public DataSource dataSource() {
    return dataSource(login);
  }

  @Override
  public void close() {
    execute(server.login(), "DROP DATABASE \"" + login.database() + "\" WITH (FORCE)");
  }

  static DataSource dataSource(Login login) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(login.url());
    source.setUser(login.user());
    source.setPassword(login.password());
    return source;
  }

  private static void execute(Login login, String sql) {
    try (Connection connection = dataSource(login).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
