package org.diskferry.server.registry;

import com.zaxxer.hikari.HikariDataSource;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.diskferry.postgres.testing.TestDatabase;

/// A registry on a fresh database, for tests.
public final class TestRegistry implements AutoCloseable {
  private static final int ANY_QUOTA = 50;

  private final TestDatabase database;
  private final HikariDataSource pool;
  private final SiteKey key = SiteKey.random(new SecureRandom());

  private TestRegistry(TestDatabase database) {
    this.database = database;
    this.pool = Pool.of(database.login());
  }

  /// On the server that rides with the product.
  public static TestRegistry create() {
    TestRegistry registry = new TestRegistry(TestDatabase.create());
    try {
      Registry.open(registry.pool, registry.key, Instant::now, ANY_QUOTA);
    } catch (RegistryException e) {
      throw new IllegalStateException(e);
    }
    return registry;
  }

  /// With this clock and quota, over the same database each time.
  public Registry over(InstantSource clock, int quota) throws RegistryException {
    return Registry.over(pool, key, clock, quota);
  }

  /// Its pool.
  public DataSource pool() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
    database.close();
  }
}
