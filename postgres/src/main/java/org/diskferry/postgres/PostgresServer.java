package org.diskferry.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.diskferry.postgres.PostgresException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server of one directory, running and reachable with [#login()] while this object is open.
///
/// A directory has one owner at a time. A server that an earlier owner left behind is adopted when
/// it is recognised without doubt and lets us in, and stopped otherwise. Closing stops the server;
/// when this process dies instead, the server stays for the next owner.
public final class PostgresServer implements AutoCloseable {
  /// The database that is there from the start.
  public static final String DATABASE = "diskferry";

  private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);

  private final DirectoryLock lock;
  private final Launcher launcher;
  private final Login login;

  private PostgresServer(DirectoryLock lock, Launcher launcher, Login login) {
    this.lock = lock;
    this.launcher = launcher;
    this.login = login;
  }

  /// Starts the server that rides with this release; everything it needs goes below `directory`.
  public static PostgresServer start(Path directory) throws PostgresException {
    Path absolute = make(directory);
    Installation installation = Installation.bundled(absolute);
    PostgresServer server = start(absolute, installation);
    installation.dropOlder();
    return server;
  }

  /// Starts a server from programs that are on this machine, with its data below `directory`.
  public static PostgresServer start(Path directory, Installation installation)
      throws PostgresException {
    Path absolute = make(directory);
    DirectoryLock lock = DirectoryLock.take(absolute);
    try {
      PostgresServer server = locked(absolute, installation, lock);
      LOG.info("database server {} in {}", server.login, absolute);
      return server;
    } catch (PostgresException | RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  private static PostgresServer locked(
      Path directory, Installation installation, DirectoryLock lock) throws PostgresException {
    ServerAccount account = ServerAccount.choose(Cluster.data(directory));
    Cluster cluster = new Cluster(directory, installation, account);
    cluster.prepare();
    Launcher launcher = new Launcher(directory, installation, account);
    Login login = launcher.run(cluster.password());
    return new PostgresServer(lock, launcher, login);
  }

  /// How to reach [#DATABASE] as its owner.
  public Login login() {
    return login;
  }

  /// Process id of the postmaster.
  public long pid() {
    return launcher.pid();
  }

  /// Ends all connections, writes everything back, stops. Once more does nothing.
  @Override
  public void close() throws PostgresException {
    try {
      launcher.stop();
    } finally {
      release(lock);
    }
  }

  private static Path make(Path directory) throws PostgresException {
    try {
      Path absolute = directory.toAbsolutePath().normalize();
      if (!Files.isDirectory(absolute)) {
        Files.createDirectories(absolute);
        // The server's account passes through here to its data, and sees nothing else.
        Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx--x--x"));
      }
      return absolute.toRealPath();
    } catch (IOException e) {
      throw new PostgresException(Kind.FAILED, "cannot make " + directory + ": " + e, e);
    }
  }

  private static void release(DirectoryLock lock) throws PostgresException {
    try {
      lock.close();
    } catch (IOException e) {
      throw new PostgresException(Kind.FAILED, "cannot give up the lock: " + e, e);
    }
  }
}
