package org.diskferry.station.load;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.stack.DataVolume;

/// What the volumes say of themselves beside their files.
///
/// @param allocatedBytes what their allocation maps call used
/// @param unexplainedBytes of those that belong to nothing that was read
/// @param unexplained where those are, for people
/// @param unclean volumes that were not put away properly, one sentence each
record Soundness(
    long allocatedBytes, long unexplainedBytes, List<String> unexplained, List<String> unclean) {
  /// Ranges named in a message.
  private static final int MOST_NAMED = 10;

  Soundness {
    unexplained = List.copyOf(unexplained);
    unclean = List.copyOf(unclean);
  }

  /// Asks every volume, after it was scanned.
  static Soundness of(List<DataVolume> volumes) throws MediaException {
    long allocated = 0;
    long missing = 0;
    List<String> ranges = new ArrayList<>();
    List<String> unclean = new ArrayList<>();
    for (DataVolume volume : volumes) {
      String name = volume.number() == 0 ? "the volume" : "partition " + volume.number();
      Coverage coverage = coverage(volume);
      allocated += coverage.allocated() * coverage.unit();
      missing += coverage.missing() * coverage.unit();
      coverage.unexplained().stream()
          .limit(MOST_NAMED)
          .map(range -> name + " blocks " + range.first() + "+" + range.count())
          .forEach(ranges::add);
      describe(volume.tree().volume(), name, unclean);
    }
    return new Soundness(allocated, missing, ranges, unclean);
  }

  // A map that cannot be read explains nothing: all of the volume is in doubt.
  private static Coverage coverage(DataVolume volume) throws MediaException {
    try {
      return volume.tree().coverage();
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      Volume self = volume.tree().volume();
      long units = self.size() / self.blockSize();
      List<Coverage.Range> all = List.of(new Coverage.Range(0, units));
      return new Coverage(self.blockSize(), units, 0, all, List.of(), List.of(e.getMessage()));
    }
  }

  private static void describe(Volume volume, String name, List<String> unclean) {
    switch (volume.state()) {
      case CLEAN, REPLAYED -> {}
      case DIRTY -> unclean.add(name + " (" + volume.format() + ") was not unmounted");
      case HIBERNATED ->
          unclean.add(name + " (" + volume.format() + ") belongs to a system that sleeps");
    }
  }
}
