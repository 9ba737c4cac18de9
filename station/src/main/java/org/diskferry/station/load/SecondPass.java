package org.diskferry.station.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.station.catalogue.Catalogue;
import org.diskferry.station.catalogue.Row;
import org.diskferry.station.catalogue.Rows;
import org.diskferry.station.journal.BlockSums;
import org.diskferry.station.journal.Fact;
import org.diskferry.station.task.AbandonedException;
import org.diskferry.station.task.Steering;
import org.diskferry.station.task.Tally;

/// Reads the device a second time, past the cache where that can be done: the metadata must give
/// the same catalogue, every file that is stored the same sums. On the caller's thread alone: a CRC
/// costs nothing beside reading.
final class SecondPass {
  private final Workbench bench;
  private final Steering steering;
  private final Mismatches mismatches;
  private final ByteBuffer block = ByteBuffer.allocate(BlockSums.BLOCK);

  SecondPass(Workbench bench, Steering steering, Mismatches mismatches) {
    this.bench = bench;
    this.steering = steering;
    this.mismatches = mismatches;
  }

  /// Opens a device's volumes anew, with nothing remembered of the first time.
  @FunctionalInterface
  interface Opening {
    List<DataVolume> open() throws MediaException;
  }

  /// Compares; what differs is in the mismatches.
  ///
  /// @throws AbandonedException when told to stop at once
  void run(Opening opening) throws MediaException, IOException {
    List<DataVolume> volumes = opening.open();
    if (compareCatalogue(volumes)) {
      compareFiles(volumes);
    }
  }

  private boolean compareCatalogue(List<DataVolume> volumes) throws MediaException, IOException {
    Path directory = bench.job().folder().resolve("second");
    try (Catalogue again = Catalogue.scan(volumes, directory)) {
      if (again.digest().equals(bench.catalogue().digest())) {
        return true;
      }
      Rows before = bench.catalogue().inPathOrder();
      Rows after = again.inPathOrder();
      while (before.hasNext() || after.hasNext()) {
        compare(before, after);
        if (!mismatches.isEmpty()) {
          break;
        }
      }
      return false;
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      mismatches.add("the file system could not be read a second time: " + e.getMessage());
      return false;
    }
  }

  // Where one row differs the rest may be shifted: the first tells enough.
  private void compare(Rows before, Rows after) throws IOException {
    if (!before.hasNext()) {
      mismatches.add(after.next().path() + ": was not there when the device was catalogued");
    } else if (!after.hasNext()) {
      mismatches.add(before.next().path() + ": is not there any more");
    } else {
      Row one = before.next();
      Row other = after.next();
      if (!one.equals(other)) {
        mismatches.add(one.path() + ": its entry changed since the device was catalogued");
      }
    }
  }

  private void compareFiles(List<DataVolume> volumes) throws MediaException, IOException {
    Tally tally =
        new Tally(
            steering,
            Progress.Phase.VERIFY,
            bench.plan().totals().files(),
            bench.plan().totals().bytes());
    Rows rows = bench.catalogue().inAddressOrder();
    while (rows.hasNext()) {
      Row row = rows.next();
      Optional<Fact.Stored> stored = bench.stored(row);
      if (stored.isPresent()) {
        compareFile(volumes.get(row.volume()), row, stored.get(), tally);
        tally.fileDone();
      }
    }
  }

  private void compareFile(DataVolume volume, Row row, Fact.Stored stored, Tally tally)
      throws MediaException, IOException {
    try {
      Content content = volume.tree().content(row.node());
      ContentReader reading = new ContentReader(volume.bytes(), content);
      if (content instanceof Content.Unreadable(String reason)) {
        mismatches.add(row, "cannot be read a second time: " + reason);
        return;
      }
      for (int i = 0; i < stored.blocks().count(); i++) {
        if (steering.isAbandoned()) {
          throw new AbandonedException();
        }
        long start = (long) i * BlockSums.BLOCK;
        int length = (int) Math.min(BlockSums.BLOCK, row.size() - start);
        if (sum(reading, start, length) != stored.blocks().at(i)) {
          mismatches.add(
              row,
              "bytes " + start + " to " + (start + length - 1) + " are not those that were stored");
          return;
        }
        tally.bytesDone(length);
      }
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      mismatches.add(row, "cannot be read a second time: " + e.getMessage());
    }
  }

  private long sum(ContentReader reading, long start, int length) throws MediaException {
    block.clear().limit(length);
    reading.read(start, block);
    CRC32C crc = new CRC32C();
    crc.update(block.flip());
    return crc.getValue();
  }
}
