package org.diskferry.server.registry;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.diskferry.postgres.Login;

/// A pool as production has one: a login costs more than most of what is done with it.
final class Pool {
  private static final int CONNECTIONS = 8;

  private Pool() {}

  static HikariDataSource of(Login login) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(login.url());
    config.setUsername(login.user());
    config.setPassword(login.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    return new HikariDataSource(config);
  }
}
