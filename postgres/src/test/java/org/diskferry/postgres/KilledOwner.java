package org.diskferry.postgres;

import java.nio.file.Path;

/// An owner in a process of its own, to be killed: prints the postmaster's process id and waits.
final class KilledOwner {
  private KilledOwner() {}

  public static void main(String[] args) throws Exception {
    Path binaries = Path.of(args[1]);
    try (PostgresServer server =
        PostgresServer.start(Path.of(args[0]), Installation.bundled(binaries))) {
      System.out.println(server.pid());
      System.in.read();
    }
  }
}
