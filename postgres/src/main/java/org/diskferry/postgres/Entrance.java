package org.diskferry.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The first connection: proves that the server is the one of our directory, that our password is
/// right, and that the database exists.
final class Entrance {
  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

  /// On the same machine, with a server that says that it is ready.
  private static final int LOGIN_SECONDS = 20;

  private Entrance() {}

  static boolean open(Login login, Path data) {
    try (Connection connection = dataSource(login.in("postgres")).getConnection();
        Statement statement = connection.createStatement()) {
      if (!data.toString().equals(one(statement, "SHOW data_directory"))) {
        LOG.warn("{} serves another directory", login);
        return false;
      }
      if (!exists(connection, login.database())) {
        statement.execute("CREATE DATABASE \"" + login.database() + "\"");
      }
      return true;
    } catch (SQLException e) {
      LOG.warn("{} does not let us in: {}", login, e.getMessage());
      return false;
    }
  }

  static PGSimpleDataSource dataSource(Login login) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(login.url());
    source.setUser(login.user());
    source.setPassword(login.password());
    source.setLoginTimeout(LOGIN_SECONDS);
    return source;
  }

  private static boolean exists(Connection connection, String database) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      query.setString(1, database);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static String one(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }
}
