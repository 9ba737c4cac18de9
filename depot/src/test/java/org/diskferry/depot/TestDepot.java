package org.diskferry.depot;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diskferry.access.AccessKeyId;
import org.diskferry.access.AccountId;
import org.diskferry.access.Credentials;
import org.diskferry.access.KeyRing;
import org.diskferry.access.Policies;
import org.diskferry.access.Principal;
import org.diskferry.depot.s3.Transport;
import org.diskferry.postgres.Login;
import org.diskferry.postgres.testing.TestDatabase;

/// A depot of its own on loopback, with a few users who may do everything that their account may.
public final class TestDepot implements AutoCloseable {
  /// A name of it, which nobody resolves.
  public static final String HOST = "s3.test";

  public static final AccountId OWNER_ACCOUNT = new AccountId("111111111111");
  public static final AccountId OTHER_ACCOUNT = new AccountId("222222222222");
  public static final AccountId SERVICE_ACCOUNT = new AccountId("999999999999");
  public static final Credentials OWNER = Credentials.of("OWNERKEY", "secret-of-owner");
  public static final Credentials OTHER = Credentials.of("OTHERKEY", "secret-of-other");
  public static final Credentials READER = Credentials.of("READERKEY", "secret-of-reader");
  public static final Credentials SWEEPER = Credentials.of("SWEEPERKEY", "secret-of-sweeper");
  public static final Credentials SERVICE = Credentials.of("SERVICEKEY", "secret-of-service");

  private static final Map<Credentials, Principal> USERS =
      Map.of(
          OWNER, principal(OWNER_ACCOUNT, OWNER, (_, _) -> true),
          OTHER, principal(OTHER_ACCOUNT, OTHER, (_, _) -> true),
          READER,
              principal(
                  OWNER_ACCOUNT,
                  READER,
                  (action, _) -> action.startsWith("s3:Get") || action.startsWith("s3:List")),
          SWEEPER,
              principal(
                  OWNER_ACCOUNT, SWEEPER, (action, _) -> action.startsWith("s3:DeleteObject")),
          SERVICE, principal(SERVICE_ACCOUNT, SERVICE, (_, _) -> true));

  private final HikariDataSource pool;
  private final Depot depot;

  private TestDepot(HikariDataSource pool, Depot depot) {
    this.pool = pool;
    this.depot = depot;
  }

  public static TestDepot start(TestDatabase database, Path directory) throws IOException {
    return start(database.login(), directory, 0, 0);
  }

  public static TestDepot start(Login login, Path directory, int port, long reserve)
      throws IOException {
    return start(login, directory, port, reserve, new Transport.Plain());
  }

  public static TestDepot start(
      Login login, Path directory, int port, long reserve, Transport transport) throws IOException {
    return start(login, directory, port, reserve, transport, InstantSource.system());
  }

  public static TestDepot start(
      Login login, Path directory, int port, long reserve, Transport transport, InstantSource clock)
      throws IOException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(login.url());
    config.setUsername(login.user());
    config.setPassword(login.password());
    config.setMaximumPoolSize(16);
    HikariDataSource pool = new HikariDataSource(config);
    DepotConfig depot =
        new DepotConfig(
            directory,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            transport,
            List.of(HOST, "localhost"),
            SERVICE_ACCOUNT,
            reserve,
            DepotConfig.DEFAULT_UNFINISHED);
    return new TestDepot(pool, Depot.start(depot, pool, keys(), clock));
  }

  public static KeyRing keys() {
    return TestDepot::holder;
  }

  public static Principal principal(Credentials credentials) {
    return USERS.get(credentials);
  }

  public Depot depot() {
    return depot;
  }

  public HikariDataSource pool() {
    return pool;
  }

  public S3Client client(Credentials credentials) {
    return S3Client.signing(depot.endpoint(), credentials);
  }

  @Override
  public void close() {
    try {
      depot.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pool.close();
  }

  private static Principal principal(
      AccountId account, Credentials credentials, Policies policies) {
    return new Principal(account, "tester", credentials.id(), policies);
  }

  private static Optional<KeyRing.Holder> holder(AccessKeyId key) {
    return USERS.entrySet().stream()
        .filter(user -> user.getKey().id().equals(key))
        .map(user -> new KeyRing.Holder(user.getKey().secret(), user.getValue()))
        .findFirst();
  }
}
