package org.diskferry.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/// The port of a directory's server: chosen once, remembered, chosen again when somebody else has
/// it.
final class Port {
  private static final int MAX_PORT = 65_535;

  private final Path file;

  Port(Path directory) {
    this.file = directory.resolve("port");
  }

  /// The remembered port where it is free, else one that is.
  int free() throws IOException {
    int remembered = Files.exists(file) ? parse(Files.readString(file).strip()) : 0;
    if (remembered != 0 && isFree(remembered)) {
      return remembered;
    }
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  void remember(int port) throws IOException {
    Sync.replace(file, port + "\n");
  }

  private static int parse(String text) {
    try {
      int port = Integer.parseInt(text);
      return port > 0 && port <= MAX_PORT ? port : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
