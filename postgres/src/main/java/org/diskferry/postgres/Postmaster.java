package org.diskferry.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A running server of a data directory, whoever started it.
///
/// It is recognised by three things: the pid file in the data directory, the command line of that
/// process, which names the directory, and the time at which both say that it started.
///
/// @param process the postmaster
/// @param file what it says about itself
/// @param program what it was started from
record Postmaster(ProcessHandle process, PidFile file, Path program) {
  /// The pid file has whole seconds, and the kernel counts in ticks from a boot time that is
  /// rounded.
  private static final Duration START_TOLERANCE = Duration.ofSeconds(3);

  private static final int MAX_COMMAND_LINE = 16 << 10;

  /// The server that runs on `data`, whatever its condition.
  static Optional<Postmaster> find(Path data) throws IOException {
    Optional<PidFile> file = PidFile.read(data);
    if (file.isEmpty() || file.get().pid() <= 1) {
      return Optional.empty();
    }
    Optional<ProcessHandle> process = ProcessHandle.of(file.get().pid());
    if (process.isEmpty() || !process.get().isAlive()) {
      return Optional.empty();
    }
    List<String> words = commandLine(file.get().pid());
    return serves(words, data)
        ? Optional.of(new Postmaster(process.get(), file.get(), Path.of(words.getFirst())))
        : Optional.empty();
  }

  /// Whether the start that the pid file tells is the start of this process.
  boolean startedWhenItSays() {
    return process
        .info()
        .startInstant()
        .map(at -> Duration.between(at, file.started()).abs().compareTo(START_TOLERANCE) <= 0)
        .orElse(false);
  }

  private static boolean serves(List<String> words, Path data) {
    int option = words.indexOf("-D");
    return option > 0
        && Path.of(words.getFirst()).endsWith("postgres")
        && option + 1 < words.size()
        && words.get(option + 1).equals(data.toString());
  }

  private static List<String> commandLine(long pid) throws IOException {
    Path file = Path.of("/proc", Long.toString(pid), "cmdline");
    try (var in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MAX_COMMAND_LINE), StandardCharsets.UTF_8);
      return List.of(text.split("\0"));
    } catch (IOException e) {
      if (ProcessHandle.of(pid).isEmpty()) {
        return List.of("");
      }
      throw e;
    }
  }
}
