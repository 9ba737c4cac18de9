package org.diskferry.postgres;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diskferry.postgres.PostgresException.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the server of a directory up, whatever was left there, and down.
final class Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

  /// A port that is snatched away, or children of a killed postmaster that still hold its memory:
  /// both are gone after one more try, the rest is for bad luck.
  private static final int TRIES = 5;

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  /// Recovery replays at most a gigabyte of log (`max_wal_size`), at some 10 MB/s from a slow disk.
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);

  private static final Duration POLL = Duration.ofMillis(30);

  /// A fast stop writes the buffers back; after that a stop without doing so costs a recovery.
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

  /// A server that lives for years says little; what it said before this is kept once.
  private static final long MAX_LOG = 16L << 20;

  private final Path directory;
  private final Path data;
  private final Path log;
  private final Installation installation;
  private final ServerAccount account;
  private final Port port;
  private @Nullable ProcessHandle postmaster;

  Launcher(Path directory, Installation installation, ServerAccount account) {
    this.directory = directory;
    this.data = Cluster.data(directory);
    this.log = directory.resolve("server.log");
    this.installation = installation;
    this.account = account;
    this.port = new Port(directory);
  }

  /// Adopts or starts, and returns when the server answers.
  Login run(String password) throws PostgresException {
    try {
      for (int i = 0; i < TRIES; i++) {
        Optional<Login> login = tryOnce(password);
        if (login.isPresent()) {
          return login.get();
        }
        Thread.sleep(BETWEEN_TRIES);
      }
    } catch (IOException e) {
      throw new PostgresException(
          Kind.FAILED, "cannot start a server in " + directory + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException(Kind.FAILED, "interrupted while starting in " + directory, e);
    }
    throw new PostgresException(
        Kind.FAILED,
        "the database server does not start; the end of %s says: %s".formatted(log, logEnd()));
  }

  long pid() {
    return postmaster == null ? 0 : postmaster.pid();
  }

  /// Does nothing where the server does not run.
  void stop() throws PostgresException {
    try {
      Optional<Postmaster> running = Postmaster.find(data);
      if (running.isPresent()) {
        stop(running.get());
      }
    } catch (IOException e) {
      throw new PostgresException(
          Kind.FAILED, "cannot stop the server in " + directory + ": " + e, e);
    }
  }

  private Optional<Login> tryOnce(String password)
      throws IOException, InterruptedException, PostgresException {
    Optional<Postmaster> old = Postmaster.find(data);
    if (old.isPresent()) {
      Optional<Login> adopted = adopt(old.get(), password);
      if (adopted.isPresent()) {
        return adopted;
      }
      stop(old.get());
    }
    disownForeignPidFile();
    return launch(password);
  }

  private Optional<Login> adopt(Postmaster old, String password)
      throws IOException, InterruptedException, PostgresException {
    boolean ours =
        old.startedWhenItSays() && old.program().equals(installation.program("postgres"));
    if (!ours || !awaitReady(old.process())) {
      LOG.info(
          "stopping the server with process id {}: it is not as we would start it",
          old.process().pid());
      return Optional.empty();
    }
    Optional<Login> login = enter(old.process(), password);
    LOG.info(
        "server with process id {} {}",
        old.process().pid(),
        login.isPresent() ? "adopted" : "refuses us");
    return login;
  }

  private Optional<Login> launch(String password)
      throws IOException, InterruptedException, PostgresException {
    int chosen = port.free();
    freshLog();
    Process process =
        Command.plain(account.command(words(chosen)))
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true)
            .start();
    return awaitReady(process.toHandle()) ? enter(process.toHandle(), password) : Optional.empty();
  }

  /// In a session of its own, or Ctrl-C would reach it together with us. Options on the command
  /// line win over what anybody writes into the configuration files.
  private List<String> words(int chosen) {
    List<String> words =
        new ArrayList<>(
            List.of("setsid", installation.program("postgres").toString(), "-D", data.toString()));
    for (String setting :
        List.of(
            "port=" + chosen,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "full_page_writes=on",
            "synchronous_commit=on",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_line_prefix=%m [%p] ",
            // Details quote rows.
            "log_error_verbosity=terse")) {
      words.add("-c");
      words.add(setting);
    }
    return words;
  }

  private boolean awaitReady(ProcessHandle process) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      Optional<PidFile> file = PidFile.read(data);
      if (file.isPresent() && file.get().pid() == process.pid() && file.get().ready()) {
        return true;
      }
      Thread.sleep(POLL);
    }
    return false;
  }

  private Optional<Login> enter(ProcessHandle process, String password)
      throws IOException, PostgresException {
    int found = PidFile.read(data).map(PidFile::port).orElse(0);
    Login login = new Login(found, PostgresServer.DATABASE, Cluster.USER, password);
    if (!Entrance.open(login, data)) {
      return Optional.empty();
    }
    port.remember(found);
    postmaster = process;
    return Optional.of(login);
  }

  private void stop(Postmaster running) throws IOException, PostgresException {
    for (String mode : List.of("fast", "immediate")) {
      Command.Ending ending =
          Command.run(
              account.command(
                  List.of(
                      installation.program("pg_ctl").toString(),
                      "stop",
                      "-D",
                      data.toString(),
                      "-m",
                      mode,
                      "-w",
                      "-t",
                      Long.toString(STOP_PATIENCE.toSeconds()))),
              STOP_PATIENCE.multipliedBy(2));
      if (ending.status() == 0 || !running.process().isAlive()) {
        return;
      }
      LOG.warn("stopping the server ({}): {}", mode, ending.output());
    }
    throw new PostgresException(
        Kind.FAILED,
        "the server with process id %d in %s does not stop: end it by hand"
            .formatted(running.process().pid(), directory));
  }

  /// After a crash of the machine the process id in the file may be somebody else's now, or that of
  /// a dead process whom nobody buries, and PostgreSQL would refuse to start. The rest of the file
  /// stays for it to judge: it looks there whether children of that server still live.
  private void disownForeignPidFile() throws IOException {
    Optional<PidFile> file = PidFile.read(data);
    boolean alive =
        file.flatMap(f -> ProcessHandle.of(f.pid())).filter(ProcessHandle::isAlive).isPresent();
    if (alive && Postmaster.find(data).isEmpty()) {
      LOG.info("process id {} in postmaster.pid is not a server's", file.get().pid());
      PidFile.disown(data);
    }
  }

  private void freshLog() throws IOException {
    if (Files.exists(log) && Files.size(log) > MAX_LOG) {
      Files.move(log, directory.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(log)) {
      Sync.createPrivate(log, "");
    }
  }

  private String logEnd() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - TRIES), lines.size()));
    } catch (IOException e) {
      return "(unreadable: " + e + ")";
    }
  }
}
