package org.diskferry.postgres.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diskferry.postgres.Installation;
import org.diskferry.postgres.Login;
import org.diskferry.postgres.PostgresException;
import org.diskferry.postgres.PostgresServer;

/// A server that all tests of a JVM share. It is started by the first and stopped when the JVM
/// ends; its data stays below `target`, so that only the first run pays for making it.
public final class TestServer {
  /// More test JVMs than this at a time are not expected in one module.
  private static final int MAX_SERVERS = 8;

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final int DEBIAN_MAJOR = 15;

  private final PostgresServer server;

  private TestServer(PostgresServer server) {
    this.server = server;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    dropDatabases();
  }

  /// The server that rides with the product.
  public static TestServer embedded() {
    return Embedded.SERVER;
  }

  /// PostgreSQL 15 as Debian packages it; empty where that is not installed.
  public static Optional<TestServer> debian() {
    Path home = DEBIAN.resolve(Integer.toString(DEBIAN_MAJOR));
    return Files.isExecutable(home.resolve("bin/postgres"))
        ? Optional.of(Debian.SERVER)
        : Optional.empty();
  }

  /// How to reach the maintenance database.
  public Login login() {
    return server.login();
  }

  private static PostgresServer start(String name) {
    Path below = Path.of("target").toAbsolutePath();
    try {
      return firstFree(below, name);
    } catch (PostgresException e) {
      if (e.kind() != PostgresException.Kind.UNREACHABLE) {
        throw new IllegalStateException(e);
      }
    }
    // Some homes are closed to the account that the server runs as.
    try {
      String own = "diskferry-test-" + Integer.toHexString(below.hashCode());
      return firstFree(Path.of(System.getProperty("java.io.tmpdir"), own), name);
    } catch (PostgresException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PostgresServer firstFree(Path below, String name) throws PostgresException {
    for (int i = 0; ; i++) {
      try {
        Path directory = below.resolve("postgres-" + name + (i == 0 ? "" : "-" + i));
        return PostgresServer.start(directory, installation(name, below));
      } catch (PostgresException e) {
        if (e.kind() != PostgresException.Kind.IN_USE || i == MAX_SERVERS) {
          throw e;
        }
      }
    }
  }

  private static Installation installation(String name, Path below) throws PostgresException {
    return name.equals("debian")
        ? new Installation(DEBIAN.resolve(Integer.toString(DEBIAN_MAJOR)), DEBIAN_MAJOR)
        : Installation.bundled(below);
  }

  private void dropDatabases() {
    try (Connection connection = TestDatabase.dataSource(login()).getConnection();
        Statement statement = connection.createStatement()) {
      List<String> names = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery("SELECT datname FROM pg_database WHERE datname LIKE 'test%'")) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      for (String name : names) {
        statement.execute("DROP DATABASE \"" + name + "\" WITH (FORCE)");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void stop() {
    try {
      server.close();
    } catch (PostgresException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Embedded {
    static final TestServer SERVER = new TestServer(start("embedded"));
  }

  private static final class Debian {
    static final TestServer SERVER = new TestServer(start("debian"));
  }
}
