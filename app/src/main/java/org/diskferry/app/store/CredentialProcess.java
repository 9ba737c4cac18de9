package org.diskferry.app.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A program that prints credentials, as `credential_process` names one; run by the shell.
final class CredentialProcess implements Fetch {
  /// People may have to touch a key; machines are done in a second.
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private static final int LARGEST = 64 << 10;

  private final String command;

  CredentialProcess(String command) {
    this.command = command;
  }

  @Override
  public Fetched fetch() throws IOException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    Thread end = Thread.ofVirtual().start(() -> limit(process));
    try {
      byte[] said = process.getInputStream().readNBytes(LARGEST);
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException("credential_process ended with " + code);
      }
      return CredentialsText.read(new String(said, StandardCharsets.UTF_8), "credential_process");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("credential_process was interrupted", e);
    } finally {
      process.destroyForcibly();
      end.interrupt();
    }
  }

  private static void limit(Process process) {
    try {
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
