package org.diskferry.station.fill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.diskferry.job.dispatch.Progress.Phase;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.station.Digests;
import org.diskferry.station.catalogue.Catalogue;
import org.diskferry.station.catalogue.Row;
import org.diskferry.station.journal.Fact;
import org.diskferry.station.task.AbandonedException;
import org.diskferry.station.task.Steering;
import org.diskferry.station.task.Tally;

/// Reads a device that was filled, through readers that know nothing of how it was made: every file
/// must be there with the bytes that were fetched, and nothing else. On the caller's thread, in the
/// order of the device.
final class ReadBack implements Stowed.Visitor {
  private static final int STEP = 1 << 20;

  /// Differences that a message names: what a person reads.
  private static final int MOST_NAMED = 10;

  private final List<DataVolume> volumes;
  private final Steering steering;
  private final Tally tally;
  private final ByteBuffer step = ByteBuffer.allocateDirect(STEP);
  private final List<String> differences = new ArrayList<>();
  private long differing;

  private ReadBack(FillBench bench, List<DataVolume> volumes, Steering steering) {
    this.volumes = volumes;
    this.steering = steering;
    Selection.Totals totals = bench.selection().totals();
    this.tally = new Tally(steering, Phase.VERIFY, totals.objects(), totals.bytes());
  }

  /// Compares all.
  ///
  /// @return what differs, for people; empty where nothing does
  /// @throws AbandonedException when told to stop at once
  static String differences(FillBench bench, List<DataVolume> volumes, Steering steering)
      throws MediaException, IOException {
    ReadBack reading = new ReadBack(bench, volumes, steering);
    try (Catalogue catalogue = Catalogue.scan(volumes, bench.folder("check"))) {
      int missing = Stowed.of(bench).walk(catalogue, reading);
      if (missing > 0) {
        reading.differs(missing + " files are missing");
      }
    }
    return reading.message();
  }

  @Override
  public void expected(Row row, Fact.Written written) throws MediaException, IOException {
    try {
      String md5 = md5(row);
      if (!md5.equals(written.md5())) {
        differs(row.path() + ": has MD5 " + md5 + ", and " + written.md5() + " was written");
      }
      tally.fileDone();
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      differs(row.path() + ": cannot be read: " + e.getMessage());
    }
  }

  @Override
  public void stray(Row row) {
    differs(row.path() + ": was not written" + (row.lost().isEmpty() ? "" : ": " + row.lost()));
  }

  private String md5(Row row) throws MediaException, IOException {
    DataVolume volume = volumes.get(row.volume());
    ContentReader reader = new ContentReader(volume.bytes(), volume.tree().content(row.node()));
    MessageDigest md5 = Digests.md5();
    for (long at = 0; at < reader.size(); at += STEP) {
      if (steering.isAbandoned()) {
        throw new AbandonedException();
      }
      step.clear().limit((int) Math.min(STEP, reader.size() - at));
      reader.read(at, step);
      tally.bytesDone(step.position());
      md5.update(step.flip());
    }
    return HexFormat.of().formatHex(md5.digest());
  }

  private void differs(String what) {
    differing++;
    if (differences.size() < MOST_NAMED) {
      differences.add(what);
    }
  }

  private String message() {
    if (differing == 0) {
      return "";
    }
    String more = differing > MOST_NAMED ? " and %d more".formatted(differing - MOST_NAMED) : "";
    return String.join("; ", differences) + more;
  }
}
