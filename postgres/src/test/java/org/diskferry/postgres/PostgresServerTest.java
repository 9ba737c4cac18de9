package org.diskferry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.diskferry.postgres.PostgresException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// All tests share one directory, as restarts in life do; each leaves it stopped.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresServerTest {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private Path directory;
  private Installation installation;

  @BeforeEach
  void directory() throws Exception {
    if (directory == null) {
      directory = base().resolve("server-test");
      if (Files.exists(directory)) {
        PostgresServer.start(directory, Installation.bundled(base())).close();
        Tree.delete(directory);
      }
      installation = Installation.bundled(base());
    }
  }

  @AfterEach
  void stopped() throws Exception {
    start().close();
  }

  @Test
  void whatWasWrittenIsThereAfterARestart() throws Exception {
    try (PostgresServer server = start()) {
      run(server.login(), "DROP TABLE IF EXISTS kept", "CREATE TABLE kept AS SELECT 42 AS answer");
    }
    try (PostgresServer server = start()) {
      assertThat(one(server.login(), "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void itIsSetUpToLoseNothing() throws Exception {
    try (PostgresServer server = start()) {
      Login login = server.login();
      assertThat(one(login, "SHOW fsync")).isEqualTo("on");
      assertThat(one(login, "SHOW data_checksums")).isEqualTo("on");
      assertThat(one(login, "SHOW full_page_writes")).isEqualTo("on");
      assertThat(one(login, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(
              one(
                  login,
                  "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname ="
                      + " current_database()"))
          .isEqualTo("b C.UTF-8");
      assertThat(one(login, "SHOW unix_socket_directories")).isEmpty();
      assertThat(one(login, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    try (PostgresServer server = start()) {
      Login login = server.login();
      Login wrong = new Login(login.port(), login.database(), login.user(), "guess");
      assertThatThrownBy(() -> one(wrong, "SELECT 1"))
          .asInstanceOf(type(SQLException.class))
          .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }
  }

  @Test
  void thePasswordIsForItsOwnerOnly() throws Exception {
    try (PostgresServer server = start()) {
      Path file = directory.resolve("password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(server.login().toString()).doesNotContain(server.login().password());
      assertThat(directory.resolve("password.initdb")).doesNotExist();
    }
  }

  @Test
  void theServerDoesNotRunAsRoot() throws Exception {
    try (PostgresServer server = start()) {
      Path process = Path.of("/proc", Long.toString(server.pid()));
      assertThat(Files.getAttribute(process, "unix:uid")).isNotEqualTo(0);
    }
  }

  @Test
  void aSecondOwnerInTheSameProcessIsRefused() throws Exception {
    try (PostgresServer server = start()) {
      assertThat(server.pid()).isPositive();
      assertThatThrownBy(this::start)
          .asInstanceOf(type(PostgresException.class))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.IN_USE));
    }
  }

  @Test
  void aSecondOwnerInAnotherProcessIsRefused() throws Exception {
    Process owner = owner();
    try {
      firstLine(owner);
      assertThatThrownBy(this::start)
          .asInstanceOf(type(PostgresException.class))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.IN_USE));
    } finally {
      owner.destroyForcibly().waitFor();
    }
  }

  @Test
  void aServerWhoseOwnerWasKilledIsAdopted() throws Exception {
    Process owner = owner();
    long pid = Long.parseLong(firstLine(owner));
    owner.destroyForcibly().waitFor();
    try (PostgresServer server = start()) {
      assertThat(server.pid()).isEqualTo(pid);
      assertThat(one(server.login(), "SELECT 1")).isEqualTo("1");
    }
    assertThat(serves(pid)).isFalse();
  }

  @Test
  void aServerThatDoesNotKnowOurPasswordIsNotTakenForOurs() throws Exception {
    Process owner = owner();
    long pid = Long.parseLong(firstLine(owner));
    owner.destroyForcibly().waitFor();
    Path password = directory.resolve("password");
    String right = Files.readString(password);
    Files.writeString(password, "wrong");
    try {
      assertThatThrownBy(this::start).isInstanceOf(PostgresException.class);
      assertThat(serves(pid)).isFalse();
    } finally {
      Files.writeString(password, right);
    }
  }

  @Test
  void aKilledPostmasterIsStartedAgainAndHasWhatWasCommitted() throws Exception {
    try (PostgresServer server = start()) {
      run(server.login(), "DROP TABLE IF EXISTS crash", "CREATE TABLE crash AS SELECT 7 AS answer");
      ProcessHandle postmaster = ProcessHandle.of(server.pid()).orElseThrow();
      postmaster.destroyForcibly();
      postmaster.onExit().join();
    }
    try (PostgresServer server = start()) {
      assertThat(one(server.login(), "SELECT answer FROM crash")).isEqualTo("7");
    }
  }

  @Test
  void aPidFileThatNamesAnotherProcessDoesNotStandInTheWay() throws Exception {
    start().close();
    Path pidFile = directory.resolve("data/postmaster.pid");
    Files.writeString(
        pidFile,
        "%d%n%s%n1700000000%n5432%n%n127.0.0.1%n 1 1%nready   %n"
            .formatted(ProcessHandle.current().pid(), directory.resolve("data")));
    ServerAccount.choose(directory.resolve("data")).own(pidFile);
    try (PostgresServer server = start()) {
      assertThat(one(server.login(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void thePortIsRememberedAndGivenUpWhenSomebodyElseHasIt() throws Exception {
    int port;
    try (PostgresServer server = start()) {
      port = server.login().port();
    }
    try (PostgresServer server = start()) {
      assertThat(server.login().port()).isEqualTo(port);
    }
    try (var other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        PostgresServer server = start()) {
      assertThat(server.login().port()).isNotEqualTo(other.getLocalPort());
    }
  }

  @Test
  void theDataOfAnotherMajorVersionIsRefusedWithBothVersions() throws Exception {
    start().close();
    Path version = directory.resolve("data/PG_VERSION");
    Path aside = directory.resolve("PG_VERSION");
    Files.move(version, aside);
    Files.writeString(version, "17\n");
    try {
      assertThatThrownBy(this::start)
          .hasMessageContaining("17")
          .hasMessageContaining("18")
          .asInstanceOf(type(PostgresException.class))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_VERSION));
    } finally {
      Files.move(aside, version, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void anInitialisationThatWasCutShortStartsOver() throws Exception {
    Path other = base().resolve("cut-short");
    if (Files.exists(other)) {
      Tree.delete(other);
    }
    Files.createDirectories(other.resolve("data.new/base"));
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwx--x--x"));
    Files.writeString(other.resolve("data.new/PG_VERSION"), "18");
    Files.writeString(other.resolve("password.initdb"), "left over");
    try (PostgresServer server = PostgresServer.start(other, installation)) {
      assertThat(one(server.login(), "SELECT 1")).isEqualTo("1");
    } finally {
      Tree.delete(other);
    }
  }

  @Test
  void aServerThatCannotStartSaysWhatItsLogSays() throws Exception {
    start().close();
    Path configuration = directory.resolve("data/postgresql.auto.conf");
    String right = Files.readString(configuration);
    Files.writeString(configuration, "no_such_setting = 1\n");
    try {
      assertThatThrownBy(this::start).hasMessageContaining("no_such_setting");
    } finally {
      Files.writeString(configuration, right);
    }
  }

  /// `target`, or where the server's account may go if that is closed to it.
  private static Path base() throws Exception {
    ServerAccount account = ServerAccount.choose(TARGET.resolve("none"));
    List<String> look = account.command(List.of("test", "-x", TARGET.toString()));
    return Command.run(look, Duration.ofSeconds(10)).status() == 0
        ? TARGET
        : Path.of(System.getProperty("java.io.tmpdir"), "diskferry-server-test");
  }

  private PostgresServer start() throws PostgresException {
    return PostgresServer.start(directory, installation);
  }

  private Process owner() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            KilledOwner.class.getName(),
            directory.toString(),
            base().toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return Optional.ofNullable(lines.readLine()).orElse("nothing");
  }

  /// A process that has ended, and that nobody has asked after, still has its number but no words.
  private static boolean serves(long pid) throws IOException {
    Path words = Path.of("/proc", Long.toString(pid), "cmdline");
    return Files.exists(words) && !Files.readString(words).isEmpty();
  }

  private static void run(Login login, String... statements) throws SQLException {
    try (Connection connection = Entrance.dataSource(login).getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String one(Login login, String query) throws SQLException {
    try (Connection connection = Entrance.dataSource(login).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
