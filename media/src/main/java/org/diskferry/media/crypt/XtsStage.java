package org.diskferry.media.crypt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// One cipher in XTS mode (IEEE 1619), in one direction. Not thread-safe.
///
/// A *data unit* is 512 bytes whatever the sectors of the volume are. The first tweak of a unit is
/// its number (128 bits, little-endian) encrypted with the second key; every further block's is the
/// one before, times x in GF(2^128). All numbers of a chunk are encrypted by one call, all tweaks
/// are added as longs, and all blocks go through the cipher by one call: what the processor does
/// well.
final class XtsStage {
  /// Bytes of a data unit.
  static final int UNIT = 512;

  /// Units of a chunk: 16 KiB, so that data, tweaks and result stay in the processor's first
  /// caches.
  private static final int CHUNK_UNITS = 32;

  private static final int CHUNK = CHUNK_UNITS * UNIT;

  /// x^128 modulo the polynomial of the standard.
  private static final long REDUCTION = 0x87;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Blocks data;
  private final Blocks tweak;
  private final byte[] numbers = new byte[CHUNK_UNITS * Blocks.BLOCK];
  private final byte[] starts = new byte[CHUNK_UNITS * Blocks.BLOCK];
  private final long[] tweaks = new long[CHUNK / Long.BYTES];
  private final byte[] masked = new byte[CHUNK];

  XtsStage(Algorithm algorithm, boolean encrypting, byte[] dataKey, byte[] tweakKey) {
    this.data = algorithm.blocks(encrypting, dataKey);
    this.tweak = algorithm.blocks(true, tweakKey);
  }

  /// Transforms `length` bytes in place, a multiple of 16, which begin with unit `first`.
  void transform(long first, byte[] bytes, int offset, int length) {
    for (int done = 0; done < length; done += CHUNK) {
      chunk(first + done / UNIT, bytes, offset + done, Math.min(CHUNK, length - done));
    }
  }

  private void chunk(long first, byte[] bytes, int offset, int length) {
    int units = (length + UNIT - 1) / UNIT;
    for (int unit = 0; unit < units; unit++) {
      LONGS.set(numbers, unit * Blocks.BLOCK, first + unit);
    }
    tweak.transform(numbers, 0, units * Blocks.BLOCK, starts, 0);
    for (int unit = 0; unit < units; unit++) {
      int from = unit * UNIT;
      mask(unit, bytes, offset + from, from, Math.min(UNIT, length - from));
    }
    data.transform(masked, 0, length, bytes, offset);
    for (int i = 0; i < length; i += Long.BYTES) {
      long value = (long) LONGS.get(bytes, offset + i);
      LONGS.set(bytes, offset + i, value ^ tweaks[i / Long.BYTES]);
    }
  }

  private void mask(int unit, byte[] bytes, int source, int target, int length) {
    long low = (long) LONGS.get(starts, unit * Blocks.BLOCK);
    long high = (long) LONGS.get(starts, unit * Blocks.BLOCK + Long.BYTES);
    for (int i = 0; i < length; i += Blocks.BLOCK) {
      int at = (target + i) / Long.BYTES;
      tweaks[at] = low;
      tweaks[at + 1] = high;
      long first = (long) LONGS.get(bytes, source + i);
      long second = (long) LONGS.get(bytes, source + i + Long.BYTES);
      LONGS.set(masked, target + i, first ^ low);
      LONGS.set(masked, target + i + Long.BYTES, second ^ high);
      long carry = (high >> 63) & REDUCTION;
      high = (high << 1) | (low >>> 63);
      low = (low << 1) ^ carry;
    }
  }
}
