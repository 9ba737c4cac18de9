package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.util.List;
import org.diskferry.media.MediaException;

/// The packed list of runs. Each run has a head byte (low four bits: bytes of the count; high four:
/// bytes of the offset), the count, and the distance from the run before; no offset is a hole. A
/// head of 0 ends the list.
final class MappingPairs {
  /// An attribute list holds 256 KiB at most, that is about 8,000 parts of a few hundred runs each.
  private static final int MOST_RUNS = 1 << 22;

  /// Windows counts clusters in 32 bits; with this even clusters of 2 MiB stay within a `long`.
  private static final long MOST_CLUSTERS = 1L << 41;

  private final long clusters;

  /// For a volume of `clusters`.
  MappingPairs(long clusters) {
    this.clusters = clusters;
  }

  /// Appends the runs of `part` to `into`.
  void decode(Attribute.Mapped part, List<Run> into) throws MediaException {
    ByteBuffer pairs = part.pairs().duplicate().rewind();
    long vcn = part.firstVcn();
    if (vcn < 0 || part.lastVcn() < vcn - 1 || part.lastVcn() >= MOST_CLUSTERS) {
      throw MediaException.damaged("runs from " + vcn + " to " + part.lastVcn());
    }
    long lcn = 0;
    while (pairs.hasRemaining()) {
      int head = pairs.get() & 0xFF;
      if (head == 0) {
        break;
      }
      long count = number(pairs, head & 0x0F);
      boolean hole = head >>> 4 == 0;
      lcn += hole ? 0 : number(pairs, head >>> 4);
      // Before NTFS 3.0 a hole was written as a run at cluster -1.
      Run run = new Run(vcn, hole || lcn == Run.HOLE ? Run.HOLE : lcn, count);
      check(run, into.size());
      into.add(run);
      vcn = run.endVcn();
    }
    if (vcn != part.lastVcn() + 1) {
      throw MediaException.damaged(
          "runs end at cluster " + vcn + " of the file and not at " + (part.lastVcn() + 1));
    }
  }

  private void check(Run run, int before) throws MediaException {
    if (run.count() <= 0 || run.count() > MOST_CLUSTERS - run.vcn()) {
      throw MediaException.damaged("a run of " + run.count() + " clusters");
    }
    if (!run.isHole() && (run.lcn() < 0 || run.count() > clusters - run.lcn())) {
      throw MediaException.damaged(
          "a run of %d clusters at cluster %d leaves the volume of %d clusters"
              .formatted(run.count(), run.lcn(), clusters));
    }
    if (before >= MOST_RUNS) {
      throw MediaException.damaged("more than " + MOST_RUNS + " runs");
    }
  }

  // Little-endian, signed, of 0 to 15 bytes; more than 8 cannot be a cluster.
  private static long number(ByteBuffer pairs, int length) throws MediaException {
    if (length == 0 || length > Long.BYTES || length > pairs.remaining()) {
      throw MediaException.damaged("a run with a number of " + length + " bytes");
    }
    long value = 0;
    for (int shift = 0; shift < 8 * length; shift += 8) {
      value |= (pairs.get() & 0xFFL) << shift;
    }
    int unused = 64 - 8 * length;
    return value << unused >> unused;
  }
}
