package org.diskferry.postgres;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that is run to its end, with an empty environment and at the root of the file system:
/// nothing of ours reaches it, and it keeps no directory busy.
final class Command {
  /// What programs say at most that we repeat.
  private static final int MAX_OUTPUT = 16 << 10;

  private Command() {}

  /// How a program ended.
  ///
  /// @param status 0 where it did what it should
  /// @param output both streams, cut
  record Ending(int status, String output) {}

  static Ending run(List<String> words, Duration patience) throws IOException {
    Process process = plain(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream()) {
      Thread watch = Thread.ofVirtual().start(() -> endLate(process, patience));
      String text = new String(out.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
      out.transferTo(OutputStream.nullOutputStream());
      int status = process.waitFor();
      watch.interrupt();
      return new Ending(status, text.strip());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + words.getFirst(), e);
    }
  }

  static ProcessBuilder plain(List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words).directory(new File("/"));
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static void endLate(Process process, Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
