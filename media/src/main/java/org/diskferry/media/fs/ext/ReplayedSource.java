package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;

/// The volume as it would be after the journal was replayed.
final class ReplayedSource implements BlockSource {
  private final BlockSource volume;
  private final Replay replay;
  private final int blockSize;

  ReplayedSource(BlockSource volume, Replay replay, int blockSize) {
    this.volume = volume;
    this.replay = replay;
    this.blockSize = blockSize;
  }

  @Override
  public long size() {
    return volume.size();
  }

  @Override
  public int sectorSize() {
    return volume.sectorSize();
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    Objects.checkFromIndexSize(offset, (long) target.remaining(), size());
    int limit = target.limit();
    long at = offset;
    while (target.hasRemaining()) {
      long end = offset + (limit - target.position()) + (at - offset);
      Map.Entry<Long, Newer> next =
          replay.firstIn(at / blockSize, Math.ceilDiv(end, (long) blockSize));
      long replaced = next == null ? end : next.getKey() * blockSize;
      if (replaced > at) {
        at += readPart(at, target, replaced - at, limit);
      } else if (next != null) {
        long inBlock = at - replaced;
        long length = Math.min(blockSize - inBlock, end - at);
        readNewer(next.getValue(), inBlock, target, (int) length);
        target.limit(limit);
        at += length;
      }
    }
  }

  private long readPart(long at, ByteBuffer target, long most, int limit) throws MediaException {
    int length = (int) Math.min(most, target.remaining());
    target.limit(target.position() + length);
    volume.read(at, target);
    target.limit(limit);
    return length;
  }

  private void readNewer(Newer newer, long inBlock, ByteBuffer target, int length)
      throws MediaException {
    int start = target.position();
    target.limit(start + length);
    switch (newer) {
      case Newer.Plain(long block) -> volume.read(block * blockSize + inBlock, target);
      case Newer.Escaped(long block) -> {
        volume.read(block * blockSize + inBlock, target);
        for (int at = (int) inBlock; at < Integer.BYTES && at - inBlock < length; at++) {
          int shift = Integer.SIZE - Byte.SIZE * (at + 1);
          target.put(start + at - (int) inBlock, (byte) (JournalSuperblock.MAGIC >>> shift));
        }
      }
      case Newer.Lost(String reason) -> throw new MediaException(Trouble.UNREADABLE, reason);
    }
  }

  @Override
  public void close() {
    volume.close();
  }
}
