package org.diskferry.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.diskferry.postgres.PostgresException.Kind;

/// The data of a server, and the password of its only role. Both are made once, together; a
/// directory in which that was interrupted starts over.
final class Cluster {
  /// The role that owns everything.
  static final String USER = "diskferry";

  private static final int PASSWORD_BYTES = 32;

  /// Takes three seconds on a slow machine; the rest is for a slow disk.
  private static final Duration INITDB_PATIENCE = Duration.ofMinutes(5);

  private static final Duration LOOK_PATIENCE = Duration.ofSeconds(30);

  /// The first version with a collation of its own that does not change with the system's.
  private static final int FIRST_WITH_BUILTIN_LOCALE = 17;

  private final Path directory;
  private final Installation installation;
  private final ServerAccount account;

  Cluster(Path directory, Installation installation, ServerAccount account) {
    this.directory = directory;
    this.installation = installation;
    this.account = account;
  }

  /// Where the data of `directory` is.
  static Path data(Path directory) {
    return directory.resolve("data");
  }

  /// Makes the data where there is none, and checks the version where there is.
  void prepare() throws PostgresException {
    Path data = data(directory);
    try {
      reachable();
      if (Files.exists(data)) {
        checkVersion(data);
      } else {
        initialise(data);
      }
    } catch (IOException e) {
      throw new PostgresException(
          Kind.FAILED, "cannot make a database in " + directory + ": " + e, e);
    }
  }

  /// The password of [#USER].
  String password() throws PostgresException {
    Path file = directory.resolve("password");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new PostgresException(
          Kind.FAILED,
          "cannot read the database's password from " + file + ": restore that file (" + e + ")",
          e);
    }
  }

  private void reachable() throws IOException, PostgresException {
    if (account instanceof ServerAccount.Other other) {
      List<String> look = other.command(List.of("test", "-x", directory.toString()));
      if (Command.run(look, LOOK_PATIENCE).status() != 0) {
        throw new PostgresException(
            Kind.UNREACHABLE,
            ("%s cannot be reached by the account %s, as which the database server runs: choose"
                    + " another home, or allow others to pass (chmod o+x) on the way to it")
                .formatted(directory, other.name()));
      }
    }
  }

  private void checkVersion(Path data) throws IOException, PostgresException {
    String found = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!found.equals(Integer.toString(installation.major()))) {
      throw new PostgresException(
          Kind.WRONG_VERSION,
          ("the database in %s was made by PostgreSQL %s, and this release carries %d: dump it with"
                  + " the older release, move the directory away and load the dump")
              .formatted(data, found, installation.major()));
    }
  }

  private void initialise(Path data) throws IOException, PostgresException {
    Path fresh = directory.resolve("data.new");
    if (Files.exists(fresh)) {
      Tree.delete(fresh);
    }
    Files.createDirectory(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    account.own(fresh);
    String password = freshPassword();
    Sync.replace(directory.resolve("password"), password + "\n");
    initdb(fresh, password);
    Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    Sync.directory(directory);
  }

  private void initdb(Path fresh, String password) throws IOException, PostgresException {
    Path given = directory.resolve("password.initdb");
    Files.deleteIfExists(given);
    try {
      Sync.createPrivate(given, password + "\n");
      account.own(given);
      Command.Ending ending =
          Command.run(account.command(initdbWords(fresh, given)), INITDB_PATIENCE);
      if (ending.status() != 0) {
        throw new PostgresException(
            Kind.FAILED,
            "initdb failed in %s with status %d: %s"
                .formatted(fresh, ending.status(), ending.output()));
      }
    } finally {
      Files.deleteIfExists(given);
    }
  }

  private List<String> initdbWords(Path fresh, Path password) {
    List<String> words =
        new ArrayList<>(
            List.of(
                installation.program("initdb").toString(),
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums",
                "--no-instructions"));
    if (installation.major() >= FIRST_WITH_BUILTIN_LOCALE) {
      words.add("--locale-provider=builtin");
      words.add("--builtin-locale=C.UTF-8");
    }
    return words;
  }

  private static String freshPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
