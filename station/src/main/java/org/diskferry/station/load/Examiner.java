package org.diskferry.station.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BadSectors;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.station.catalogue.Row;

/// Reads one file for nothing but to find out which of its bytes cannot be read.
final class Examiner {
  /// One step; a failing one is halved.
  private static final int STEP = 1 << 20;

  /// No further: no medium has smaller sectors, and no format smaller units.
  private static final int SMALLEST = 512;

  /// Ranges that are looked for: a file with more is lost as a whole, and the disk with it.
  private static final int MOST_RANGES = 16;

  private final DeviceReader reader;
  private final Row row;
  private final ContentReader content;
  private final StreamBody.Checkpoint checkpoint;
  private final ByteBuffer step = ByteBuffer.allocate(STEP);
  private final BadSectors bad = new BadSectors();

  Examiner(DeviceReader reader, Row row, ContentReader content, StreamBody.Checkpoint checkpoint) {
    this.reader = reader;
    this.row = row;
    this.content = content;
    this.checkpoint = checkpoint;
  }

  /// The bytes of the file, in words; empty where all of them can be read.
  String unreadable() throws MediaException, IOException {
    long size = content.size();
    long at = 0;
    while (at < size && bad.all().size() <= MOST_RANGES) {
      checkpoint.pass(0);
      long end = Math.min(size, at + STEP);
      examine(at, end);
      at = end;
    }
    List<String> named = new ArrayList<>();
    for (BadSectors.Range range : bad.all()) {
      named.add(range.from() + " to " + (range.to() - 1));
    }
    String more = named.size() > MOST_RANGES ? " and more" : "";
    return named.isEmpty()
        ? ""
        : named.stream()
            .limit(MOST_RANGES)
            .collect(Collectors.joining(", ", "bytes ", more + " of " + size + " cannot be read"));
  }

  private void examine(long from, long to) throws MediaException {
    if (reads(from, to)) {
      return;
    }
    if (to - from <= SMALLEST) {
      bad.add(from, to);
      return;
    }
    long middle = from + Math.max(SMALLEST, (to - from) / 2 / SMALLEST * SMALLEST);
    examine(from, middle);
    examine(middle, to);
  }

  private boolean reads(long from, long to) throws MediaException {
    try {
      reader.await(
          row.address() + from,
          () -> {
            content.read(from, step.clear().limit((int) (to - from)));
            return true;
          });
      return true;
    } catch (MediaException e) {
      if (e.trouble() == MediaException.Trouble.GONE) {
        throw e;
      }
      return false;
    }
  }
}
