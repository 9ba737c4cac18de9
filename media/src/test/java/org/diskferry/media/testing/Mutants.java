package org.diskferry.media.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// Hostile variants of an image: a few bytes changed, mostly where a scan reads, to values that
/// parsers trip over. Same seed, same mutant.
public final class Mutants {
  private static final int MOST_CHANGES = 8;
  private static final long[] NASTY = {
    0,
    1,
    2,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x7FFF_FFFFL,
    0x8000_0000L,
    0xFFFF_FFFFL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1L
  };

  private record Range(long from, long length) {}

  /// What makes a parser read its metadata.
  @FunctionalInterface
  public interface Scan {
    /// Reads all metadata of `volume`.
    void scan(BlockSource volume) throws MediaException;
  }

  private final BlockSource base;
  private final List<Range> metadata;

  private Mutants(BlockSource base, List<Range> metadata) {
    this.base = base;
    this.metadata = metadata;
  }

  /// Mutants of `base`, changed where `scan` reads it.
  public static Mutants of(BlockSource base, Scan scan) throws MediaException {
    List<Range> ranges = new ArrayList<>();
    scan.scan(new Recorder(base, ranges));
    return new Mutants(base, ranges);
  }

  /// One mutant.
  public BlockSource mutant(long seed) throws MediaException {
    Random random = new Random(seed);
    PatchedSource mutant = new PatchedSource(base);
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      mutant.put(place(random), value(random));
    }
    return mutant;
  }

  private long place(Random random) throws MediaException {
    long at = 0;
    // Most of what is read is empty; changes there say nothing.
    for (int attempt = 0; attempt < 20; attempt++) {
      at = random.nextInt(10) == 0 ? anywhere(random) : inMetadata(random);
      if (holdsSomething(at)) {
        return at;
      }
    }
    return at;
  }

  private long anywhere(Random random) {
    return random.nextLong(base.size() - Long.BYTES);
  }

  private long inMetadata(Random random) {
    Range range = metadata.get(random.nextInt(metadata.size()));
    return Math.min(range.from() + random.nextLong(range.length()), base.size() - Long.BYTES);
  }

  private boolean holdsSomething(long at) throws MediaException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
    base.read(at, bytes);
    return bytes.getLong(0) != 0;
  }

  private static byte[] value(Random random) {
    ByteOrder order = random.nextInt(8) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    long value = random.nextBoolean() ? NASTY[random.nextInt(NASTY.length)] : random.nextLong();
    byte[] whole = new byte[Long.BYTES];
    ByteBuffer.wrap(whole).order(order).putLong(value);
    return Arrays.copyOf(whole, 1 << random.nextInt(4));
  }

  private record Recorder(BlockSource base, List<Range> ranges) implements BlockSource {
    @Override
    public long size() {
      return base.size();
    }

    @Override
    public int sectorSize() {
      return base.sectorSize();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws MediaException {
      if (target.hasRemaining()) {
        ranges.add(new Range(offset, target.remaining()));
      }
      base.read(offset, target);
    }

    @Override
    public void close() {}
  }
}
