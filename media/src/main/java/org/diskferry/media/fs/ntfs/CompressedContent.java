package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Content;

/// Content in compression units: 16 clusters each that are stored as they are (all allocated), as
/// LZNT1 (some allocated, then holes) or not at all (zeros).
final class CompressedContent implements Content.Encoded {
  /// 64 KiB is what Windows writes; a hostile volume may claim units that fill memory.
  static final int MOST_UNIT_BYTES = 1 << 20;

  private final BlockSource volume;
  private final FileStream.Mapped stream;
  private final int clusterSize;
  private final long unitClusters;
  private final int unitBytes;
  private final Chunks units;

  CompressedContent(BlockSource volume, FileStream.Mapped stream, int clusterSize) {
    this.volume = volume;
    this.stream = stream;
    this.clusterSize = clusterSize;
    this.unitClusters = 1L << stream.unitShift();
    this.unitBytes = Math.toIntExact(unitClusters * clusterSize);
    this.units = new Chunks(unitBytes, this::unpacked);
  }

  @Override
  public long size() {
    return stream.size();
  }

  @Override
  public void read(long position, ByteBuffer target) throws MediaException {
    Objects.checkFromIndexSize(position, (long) target.remaining(), size());
    units.read(position, target);
  }

  private byte[] unpacked(long index) throws MediaException {
    byte[] plain = new byte[unitBytes];
    long start = index * unitBytes;
    if (start >= stream.written()) {
      return plain;
    }
    ByteBuffer stored = stored(index * unitClusters);
    if (stored.limit() == unitBytes) {
      stored.get(0, plain);
    } else if (stored.limit() > 0) {
      int needed = (int) Math.min(unitBytes, stream.written() - start);
      int unpacked = Lznt1.unpack(stored, plain);
      if (unpacked < needed) {
        throw MediaException.damaged(
            "compressed data ends at byte %d of the file and not at %d"
                .formatted(start + unpacked, start + needed));
      }
    }
    int written = (int) Math.min(unitBytes, stream.written() - start);
    Arrays.fill(plain, written, unitBytes, (byte) 0);
    return plain;
  }

  // The allocated clusters of a unit come first, its holes last.
  private ByteBuffer stored(long firstVcn) throws MediaException {
    ByteBuffer stored = ByteBuffer.allocate(unitBytes);
    long endVcn = firstVcn + unitClusters;
    boolean holeSeen = false;
    for (int i = firstRunEndingAfter(firstVcn); i < stream.runs().size(); i++) {
      Run run = stream.runs().get(i);
      if (run.vcn() >= endVcn) {
        break;
      }
      if (run.isHole()) {
        holeSeen = true;
      } else if (holeSeen) {
        throw MediaException.damaged(
            "compression unit at cluster " + firstVcn + ": data after a hole");
      } else {
        append(run, firstVcn, endVcn, stored);
      }
    }
    return stored.flip();
  }

  private void append(Run run, long firstVcn, long endVcn, ByteBuffer stored)
      throws MediaException {
    long from = Math.max(run.vcn(), firstVcn);
    long to = Math.min(run.endVcn(), endVcn);
    stored.limit(stored.position() + (int) (to - from) * clusterSize);
    volume.read((run.lcn() + (from - run.vcn())) * clusterSize, stored);
    stored.limit(unitBytes);
  }

  private int firstRunEndingAfter(long vcn) {
    List<Run> runs = stream.runs();
    int low = 0;
    int high = runs.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (runs.get(middle).endVcn() <= vcn) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
