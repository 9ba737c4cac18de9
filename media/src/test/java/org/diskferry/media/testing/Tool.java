package org.diskferry.media.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A program of the machine that tests compare with or make disks by.
public final class Tool {
  private Tool() {}

  /// Aborts `test` by [NotRun] unless every one of `programs` is installed and we may mount (root).
  public static void requireToMount(Class<?> test, String... programs) {
    require(test, programs);
    NotRun.unless(
        "root".equals(System.getProperty("user.name")), test, "disks filled by a mount", "root");
  }

  /// Aborts `test` by [NotRun] unless every one of `programs` is installed.
  public static void require(Class<?> test, String... programs) {
    for (String program : programs) {
      NotRun.unless(find(program).isPresent(), test, "checks with " + program, program);
    }
  }

  /// Runs `command` to its end.
  ///
  /// @return what it printed, both streams
  /// @throws IOException with that text when it did not end with 0
  public static String run(String... command) throws IOException, InterruptedException {
    return run(List.of(command));
  }

  /// Runs `command` to its end; see [#run(String...)].
  public static String run(List<String> command) throws IOException, InterruptedException {
    Process process = builder(command).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + status + ": " + output);
    }
    return output;
  }

  static ProcessBuilder builder(List<String> command) {
    List<String> resolved = new ArrayList<>(command);
    find(command.getFirst()).ifPresent(path -> resolved.set(0, path.toString()));
    ProcessBuilder builder = new ProcessBuilder(resolved).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder;
  }

  // Debian keeps the mkfs family out of an ordinary user's PATH.
  private static Optional<Path> find(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
