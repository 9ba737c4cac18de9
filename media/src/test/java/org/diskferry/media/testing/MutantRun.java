package org.diskferry.media.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// Seeded mutants of one image, read one after the other: nine in ten are changed where a reader
/// reads metadata, the others anywhere. None may end in anything but a value or a [MediaException],
/// or cost more than two seconds of processor time, contents included.
public final class MutantRun {
  /// `-Ddiskferry.seed=N` repeats a run.
  private static final long SEED = Long.getLong("diskferry.seed", 20_100_521L);

  private static final Duration MOST = Duration.ofSeconds(2);

  /// Reads everything that there is on a volume.
  @FunctionalInterface
  public interface Reader {
    /// Returns when all is read or refused.
    void readAll(BlockSource volume) throws MediaException;
  }

  private final Mutants mutants;
  private final Reader reader;

  private MutantRun(Mutants mutants, Reader reader) {
    this.mutants = mutants;
    this.reader = reader;
  }

  /// Mutants of `image`, changed where `reader` reads it.
  public static MutantRun of(BlockSource image, Reader reader) throws MediaException {
    return new MutantRun(Mutants.of(image, reader::readAll), reader);
  }

  /// Mutants of `image`, changed where `scan` reads it, and then read by `reader`.
  public static MutantRun of(BlockSource image, Mutants.Scan scan, Reader reader)
      throws MediaException {
    return new MutantRun(Mutants.of(image, scan), reader);
  }

  /// Reads `count` of them.
  public void run(int count) throws MediaException {
    // Neighbouring seeds would begin with nearly the same number.
    Random seeds = new Random(SEED);
    for (int i = 0; i < count; i++) {
      read(seeds.nextLong());
    }
  }

  private void read(long seed) throws MediaException {
    BlockSource mutant = mutants.mutant(seed);
    long start = CpuTime.nanos();
    try {
      reader.readAll(mutant);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError("mutant with seed " + seed, e);
    }
    long nanos = CpuTime.nanos() - start;
    assertThat(nanos).as("CPU time of the mutant with seed %d", seed).isLessThan(MOST.toNanos());
  }
}
