package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;

/// Reads metadata by block and spends from a [Budget]. One thread at a time.
final class Blocks {
  private final BlockSource source;
  private final Geometry geometry;
  private final Cache cache;
  private final Budget budget;

  Blocks(BlockSource source, Geometry geometry, Budget budget) {
    this(source, geometry, new Cache(geometry.blockSize()), budget);
  }

  private Blocks(BlockSource source, Geometry geometry, Cache cache, Budget budget) {
    this.source = source;
    this.geometry = geometry;
    this.cache = cache;
    this.budget = budget;
  }

  /// The same blocks on another account.
  Blocks spending(Budget other) {
    return new Blocks(source, geometry, cache, other);
  }

  Budget budget() {
    return budget;
  }

  /// Whether the medium has all of `[block, block + count)`: an image may have been cut short.
  boolean isOnMedium(long block, long count) {
    return block >= 0
        && count <= geometry.blocks() - block
        && (block + count) * geometry.blockSize() <= source.size();
  }

  /// One block; not to be changed.
  ByteBuffer read(long block) throws MediaException {
    byte[] known = cache.get(block);
    if (known == null) {
      known = read(block, 1).array();
      cache.put(block, known);
    } else {
      budget.chargeStep();
    }
    return ByteBuffer.wrap(known).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// `count` blocks in one read.
  ByteBuffer read(long block, int count) throws MediaException {
    if (!isOnMedium(block, count)) {
      throw new MediaException(
          Trouble.UNREADABLE,
          "block " + block + " lies behind the end of the medium, " + source.size() + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(count, geometry.blockSize()));
    budget.chargeRead(bytes.capacity());
    source.read(block * geometry.blockSize(), bytes);
    return bytes.clear().order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The blocks that were asked for last.
  private static final class Cache extends LinkedHashMap<Long, byte[]> {
    private static final long serialVersionUID = 1L;

    /// Enough for descriptors, inodes and maps of the files that one reader is at.
    private static final int MOST_BYTES = 4 << 20;

    private final int most;

    Cache(int blockSize) {
      super(16, 0.75f, true);
      this.most = MOST_BYTES / blockSize;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
      return size() > most;
    }
  }
}
