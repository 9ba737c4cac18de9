package org.diskferry.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diskferry.postgres.PostgresException.Kind;

/// Whom the server runs as. PostgreSQL refuses root, and should not have its rights either.
sealed interface ServerAccount {

  /// In order of preference: the account that packages make for this purpose; PostgreSQL's own; the
  /// one that every system has.
  List<String> CANDIDATES = List.of("diskferry-db", "postgres", "nobody");

  /// Looking an account up, or a directory, takes milliseconds; a directory service may take
  /// longer.
  Duration PATIENCE = Duration.ofSeconds(30);

  /// The words that run `words` as this account.
  List<String> command(List<String> words);

  /// Gives a file or directory of ours to the account.
  void own(Path path) throws IOException;

  /// Us, who are not root.
  record Ourselves() implements ServerAccount {
    @Override
    public List<String> command(List<String> words) {
      return words;
    }

    @Override
    public void own(Path path) {}
  }

  /// Another account, we being root. `setpriv` and not `runuser`: it opens no session, and it
  /// becomes the program instead of waiting for it, so that the process that we started is the
  /// server.
  record Other(String name, int uid, int gid) implements ServerAccount {
    @Override
    public List<String> command(List<String> words) {
      List<String> all =
          new ArrayList<>(
              List.of(
                  "setpriv",
                  "--reuid=" + uid,
                  "--regid=" + gid,
                  "--clear-groups",
                  "--inh-caps=-all",
                  "--no-new-privs",
                  "--"));
      all.addAll(words);
      return all;
    }

    @Override
    public void own(Path path) throws IOException {
      Files.setAttribute(path, "unix:uid", uid);
      Files.setAttribute(path, "unix:gid", gid);
    }
  }

  /// The account for `data`: its owner where it exists.
  static ServerAccount choose(Path data) throws PostgresException {
    try {
      if (uid(Path.of("/proc/self")) != 0) {
        return new Ourselves();
      }
      if (Files.exists(data)) {
        return owner(data);
      }
      for (String name : CANDIDATES) {
        Optional<ServerAccount> found = named(name);
        if (found.isPresent()) {
          return found.get();
        }
      }
    } catch (IOException e) {
      throw new PostgresException(
          Kind.NO_ACCOUNT, "cannot look up the account of the database server: " + e, e);
    }
    throw new PostgresException(
        Kind.NO_ACCOUNT, "there is no account to run PostgreSQL as: create one of " + CANDIDATES);
  }

  private static ServerAccount owner(Path data) throws IOException, PostgresException {
    int uid = uid(data);
    if (uid == 0) {
      throw new PostgresException(
          Kind.NO_ACCOUNT,
          data + " belongs to root, as which PostgreSQL does not run: give it to another account");
    }
    int gid = (Integer) Files.getAttribute(data, "unix:gid");
    return new Other(Files.getOwner(data).getName(), uid, gid);
  }

  private static Optional<ServerAccount> named(String name) throws IOException {
    Command.Ending uid = Command.run(List.of("id", "-u", name), PATIENCE);
    Command.Ending gid = Command.run(List.of("id", "-g", name), PATIENCE);
    return uid.status() != 0 || gid.status() != 0
        ? Optional.empty()
        : Optional.of(
            new Other(name, Integer.parseInt(uid.output()), Integer.parseInt(gid.output())));
  }

  private static int uid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }
}
