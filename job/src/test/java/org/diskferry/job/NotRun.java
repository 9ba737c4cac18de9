package org.diskferry.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Says that a check could not run here, so that it is named at the end of the run.
public final class NotRun {
  private NotRun() {}

  /// Aborts a test, leaving `not run: WHAT: needs WHY` in `target/not-run`.
  public static void abort(Class<?> test, String what, String why) {
    String line = "not run: " + what + ": needs " + why;
    try {
      Path directory = Files.createDirectories(Path.of("target", "not-run"));
      Files.writeString(directory.resolve(test.getSimpleName()), line + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Assumptions.abort(line);
  }
}
