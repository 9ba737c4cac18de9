package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.Extent;
import org.diskferry.media.fs.Content;

/// The partition as it would be after the journal was replayed.
final class ReplayedSource implements BlockSource {
  private final BlockSource partition;
  private final Replay replay;

  ReplayedSource(BlockSource partition, Replay replay) {
    this.partition = partition;
    this.replay = replay;
  }

  @Override
  public long size() {
    return partition.size();
  }

  @Override
  public int sectorSize() {
    return partition.sectorSize();
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    int length = target.remaining();
    Objects.checkFromIndexSize(offset, (long) length, size());
    if (length == 0) {
      return;
    }
    Extent whole = new Extent(0, offset, length);
    int end = target.limit();
    for (Extent run : replay.applied(new Content.Extents(length, List.of(whole))).runs()) {
      target.limit(target.position() + (int) run.length());
      partition.read(run.physical(), target);
      target.limit(end);
    }
  }

  @Override
  public void close() {
    partition.close();
  }
}
