package org.diskferry.media.fs.hfsplus;

import static org.assertj.core.api.Assertions.assertThat;

import org.diskferry.media.Bounds;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.Mutants;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Thousands of variants of small volumes, changed where a scan or a reader of content reads.
class HfsPlusMutantsTest {
  private static final int MUTANTS = Integer.getInteger("diskferry.hfsplus.mutants", 1_250);

  /// `-Ddiskferry.seed=N` repeats a run.
  private static final long SEED = Long.getLong("diskferry.seed", 19_980_119L);

  /// No hostile image may cost more CPU, contents included; the bounds' own limit is 2 s each of
  /// opening, scanning, content and proof.
  private static final long MOST_NANOS = 10_000_000_000L;

  @ParameterizedTest
  @ValueSource(strings = {"hfsplus-hardlinks", "hfsplus-decmpfs"})
  void noneCrashesOrHoldsAThread(String name) throws Exception {
    MemorySource image = new MemorySource(SmallVolume.bytes(name));
    Mutants metadata =
        Mutants.of(image, volume -> TreeSnapshot.of(HfsPlus.open(volume, Bounds.GENEROUS)));
    Mutants all = Mutants.of(image, SmallVolume::readAll);
    for (int i = 0; i < MUTANTS; i++) {
      long seed = SEED + i;
      long start = SmallVolume.cpuNanos();
      try {
        SmallVolume.readAll((i % 4 == 0 ? all : metadata).mutant(seed));
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError("mutant with seed " + seed, e);
      }
      assertThat(SmallVolume.cpuNanos() - start).as("mutant %d", seed).isLessThan(MOST_NANOS);
    }
  }
}
