package org.diskferry.media.fs.ntfs;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ClaimWindow;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.Ranges;

/// Compares the volume's map of used clusters with what the runs of all listed files and of the
/// file system's own claim. A volume that is too large for one set of bits is done in several
/// passes over the table.
final class CoverageProof implements TableWalk.Visitor {
  /// 64 MiB of bits: 2 TiB in clusters of 4 KiB a pass.
  private static final long WINDOW = 1L << 29;

  private static final String BAD = "$Bad";

  private final RecordReader reader;
  private final Names names;
  private final long mostClusters;
  private final Ranges unexplained = new Ranges();
  private final Ranges contested = new Ranges();
  private ClaimWindow window = new ClaimWindow(0, 0, contested);
  private long badClusters;

  CoverageProof(RecordReader reader, Natures natures) {
    this(reader, natures, WINDOW);
  }

  /// @param mostClusters of a pass, a multiple of 64
  CoverageProof(RecordReader reader, Natures natures, long mostClusters) {
    this.reader = reader;
    this.mostClusters = mostClusters;
    this.names = new Names(new Directories(reader, natures));
  }

  Coverage prove() throws MediaException {
    ClusterBitmap bitmap = ClusterBitmap.open(reader);
    long allocated = 0;
    long explained = 0;
    for (long start = 0; start < bitmap.clusters(); start += mostClusters) {
      long count = Math.min(mostClusters, bitmap.clusters() - start);
      window = new ClaimWindow(start, count, contested);
      new TableWalk(reader).walk(this);
      for (long index = window.firstWord(); index < window.endWord(); index++) {
        long used = bitmap.word(index);
        long claimed = window.word(index);
        allocated += Long.bitCount(used);
        explained += Long.bitCount(used & claimed);
        unexplained.addBits(index * Long.SIZE, used & ~claimed);
        contested.addBits(index * Long.SIZE, claimed & ~used);
      }
    }
    return new Coverage(
        reader.table().boot().clusterSize(),
        allocated,
        explained,
        unexplained.all(),
        contested.all(),
        exceptions());
  }

  private List<String> exceptions() {
    return badClusters == 0
        ? List.of()
        : List.of(badClusters + " clusters that the volume lists as bad");
  }

  @Override
  public void file(FileRecord file) throws MediaException {
    if (Metafiles.include(file.number())
        || file.number() == Metafiles.ROOT
        || names.of(file).isListed()) {
      for (Attribute attribute : file.attributes()) {
        if (attribute instanceof Attribute.Mapped mapped) {
          claim(file, mapped);
        }
      }
    }
  }

  private void claim(FileRecord file, Attribute.Mapped part) throws MediaException {
    List<Run> runs = new ArrayList<>();
    try {
      reader.table().mapping().decode(part, runs);
    } catch (MediaException e) {
      e.localReason();
      return;
    }
    boolean bad = file.number() == Metafiles.BAD_CLUSTERS && part.key().name().equals(BAD);
    for (Run run : runs) {
      reader.budget().chargeStep();
      if (!run.isHole()) {
        long inside = window.claim(run.lcn(), run.count());
        badClusters += bad ? inside : 0;
      }
    }
  }

  /// A lost record explains nothing: what it used will show.
  @Override
  public void lost(long record, String reason) {}
}
