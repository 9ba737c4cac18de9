package org.diskferry.station.dock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.job.JobId;

/// The bays that were attached by command: remembered over a restart in a file of lines, `path` or
/// `path TAB job`; see docs/formats.md.
final class AttachedBays {
  private static final String SEPARATOR = "\t";

  private final Path file;

  AttachedBays(Path file) {
    this.file = file;
  }

  /// What was kept last.
  List<Bay> read() throws IOException {
    List<Bay> bays = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        int end = line.indexOf(SEPARATOR);
        bays.add(
            end < 0
                ? new Bay(Path.of(line), null)
                : new Bay(Path.of(line.substring(0, end)), new JobId(line.substring(end + 1))));
      }
    }
    return bays;
  }

  /// Keeps `bays`, durably and all or nothing.
  void write(List<Bay> bays) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Bay bay : bays) {
      text.append(bay.path());
      if (bay.binding() != null) {
        text.append(SEPARATOR).append(bay.binding());
      }
      text.append('\n');
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
