package org.diskferry.app.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Beginning and end of a program that listens on a port.
final class Listening {
  private static final Duration START = Duration.ofSeconds(30);
  private static final long END_SECONDS = 10;

  private Listening() {}

  /// Waits until a connection is accepted.
  ///
  /// @param said what the program said, for the complaint
  static void await(Process process, int port, Path said) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(START);
    while (true) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive() || Instant.now().isAfter(deadline)) {
          end(process);
          throw new IOException("does not listen: " + Files.readString(said), e);
        }
      }
      Thread.sleep(50);
    }
  }

  /// Ends it, gently where it lets itself.
  static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
