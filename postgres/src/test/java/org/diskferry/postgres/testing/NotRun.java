package org.diskferry.postgres.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/// A check that could not run: noted below `target/not-run`, where the launcher finds it and names
/// it at the end, and aborted.
public final class NotRun {
  private NotRun() {}

  /// The exception to throw, once the note is written.
  ///
  /// @param test whose check it is
  /// @param what could not be checked
  /// @param needs what is missing
  public static TestAbortedException because(Class<?> test, String what, String needs) {
    String line = "not run: " + what + ": needs " + needs;
    try {
      Path directory = Files.createDirectories(Path.of("target", "not-run"));
      Files.writeString(directory.resolve(test.getSimpleName()), line + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TestAbortedException(line);
  }
}
