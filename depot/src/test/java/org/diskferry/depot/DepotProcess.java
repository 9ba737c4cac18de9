package org.diskferry.depot;

import java.nio.file.Path;
import org.diskferry.postgres.Login;

/// A depot as a process of its own, which tests may kill. Prints `ready` and its endpoint.
public final class DepotProcess {
  private DepotProcess() {}

  /// Directory; port, name, user and password of the database; port to listen on.
  public static void main(String[] args) throws Exception {
    Login login = new Login(Integer.parseInt(args[1]), args[2], args[3], args[4]);
    try (TestDepot depot = TestDepot.start(login, Path.of(args[0]), Integer.parseInt(args[5]), 0)) {
      System.out.println("ready " + depot.depot().endpoint());
      while (System.in.read() >= 0) {
        // Ends when whoever started it closes the pipe.
      }
    }
  }
}
