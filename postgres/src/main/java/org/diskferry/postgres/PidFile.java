package org.diskferry.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a postmaster writes into `postmaster.pid`. PostgreSQL, `src/include/utils/pidfile.h`:
///
/// | line | content |
/// |---|---|
/// | 1 | process id; negative for a stand-alone backend |
/// | 2 | data directory |
/// | 3 | start, in seconds since 1970 |
/// | 4 | port |
/// | 5–7 | socket directory, address, shared memory; not read |
/// | 8 | `starting`, `stopping`, `ready`, `standby`, padded with blanks |
///
/// @param pid process id
/// @param directory data directory
/// @param started when
/// @param port on the loopback interface, 0 while not written
/// @param status empty while not written
record PidFile(long pid, String directory, Instant started, int port, String status) {
  /// A path of 4,096 bytes and seven short lines.
  private static final int MAX_SIZE = 8 << 10;

  /// Linux gives no process a number above 4,194,304.
  private static final int NOBODY = Integer.MAX_VALUE;

  private static final int NEEDED_LINES = 3;
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  boolean ready() {
    return status.equals("ready");
  }

  /// Empty where there is none, or none that a running postmaster could have written.
  static Optional<PidFile> read(Path data) throws IOException {
    try (var in = Files.newInputStream(data.resolve("postmaster.pid"))) {
      return parse(new String(in.readNBytes(MAX_SIZE), StandardCharsets.UTF_8).lines().toList());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Puts a process id into the file that no process has.
  static void disown(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(0, Integer.toString(NOBODY));
    Files.write(
        file,
        lines,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING,
        LinkOption.NOFOLLOW_LINKS);
  }

  private static Optional<PidFile> parse(List<String> lines) {
    if (lines.size() < NEEDED_LINES) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PidFile(
              Long.parseLong(lines.get(0).strip()),
              lines.get(1),
              Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())),
              Integer.parseInt(line(lines, PORT_LINE, "0")),
              line(lines, STATUS_LINE, "")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String line(List<String> lines, int index, String otherwise) {
    return lines.size() > index ? lines.get(index).strip() : otherwise;
  }
}
