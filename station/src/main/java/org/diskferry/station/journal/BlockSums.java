package org.diskferry.station.journal;

import java.util.Arrays;

/// CRC32C of each MiB of a file, the last one as long as what remains: four bytes a MiB, so that a
/// difference can be told to the MiB.
public final class BlockSums {
  /// Bytes that one sum covers.
  public static final int BLOCK = 1 << 20;

  private final int[] sums;

  private BlockSums(int[] sums) {
    this.sums = sums;
  }

  /// From the sums in order; copied.
  public static BlockSums of(int[] sums, int count) {
    return new BlockSums(Arrays.copyOf(sums, count));
  }

  /// How many there are.
  public int count() {
    return sums.length;
  }

  /// The sum of block `index`, as [java.util.zip.CRC32C] gives it.
  public long at(int index) {
    return Integer.toUnsignedLong(sums[index]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlockSums that && Arrays.equals(sums, that.sums);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sums);
  }

  @Override
  public String toString() {
    return sums.length + " block sums";
  }
}
