package org.diskferry.app.service;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.diskferry.postgres.Login;
import org.diskferry.postgres.PostgresException;
import org.diskferry.postgres.PostgresServer;
import org.jspecify.annotations.Nullable;

/// The database: our own server in the home folder, or one of the site's, and pools over it.
final class Database implements AutoCloseable {
  /// Requests that wait for the database longer than this are better told to come again.
  private static final long PATIENCE_MILLIS = 10_000;

  private final @Nullable PostgresServer server;
  private final String url;
  private final @Nullable Login login;

  private Database(@Nullable PostgresServer server, String url, @Nullable Login login) {
    this.server = server;
    this.url = url;
    this.login = login;
  }

  /// Starts the embedded server where the settings name no other.
  static Database open(ServiceSettings settings) throws PostgresException {
    String url = settings.database();
    if (url != null) {
      return new Database(null, url, null);
    }
    PostgresServer server = PostgresServer.start(settings.home().postgres());
    return new Database(server, server.login().url(), server.login());
  }

  /// A pool of at most `size` connections.
  HikariDataSource pool(String name, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(url);
    if (login != null) {
      config.setUsername(login.user());
      config.setPassword(login.password());
    }
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(PATIENCE_MILLIS);
    return new HikariDataSource(config);
  }

  @Override
  public void close() throws PostgresException {
    if (server != null) {
      server.close();
    }
  }
}
