package org.diskferry.media.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/// A check that this machine cannot run. It never passes silently: a line in `target/not-run` says
/// what was not run and what it needs, and the end of the whole run names it.
public final class NotRun {
  private static final Path FOLDER = Path.of("target", "not-run");

  private NotRun() {}

  /// Goes on where `available`; else writes the line and aborts the test.
  public static void unless(boolean available, Class<?> test, String what, String needs) {
    if (!available) {
      write(test, "not run: " + what + ": needs " + needs + "\n");
    }
    Assumptions.assumeTrue(available, () -> what + " needs " + needs);
  }

  private static void write(Class<?> test, String line) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(
          FOLDER.resolve(test.getSimpleName()),
          line,
          UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
