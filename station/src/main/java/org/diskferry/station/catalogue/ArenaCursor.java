package org.diskferry.station.catalogue;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Records that fitted into memory: each is two lengths, a key and a value.
final class ArenaCursor implements RecordCursor {
  private static final int HEADER = 2 * Integer.BYTES;

  private final byte[] arena;
  private final Integer[] order;
  private int at = -1;

  ArenaCursor(byte[] arena, Integer[] order) {
    this.arena = arena;
    this.order = order;
  }

  static int lengthAt(byte[] arena, int start) {
    return HEADER + keyLength(arena, start) + valueLength(arena, start);
  }

  static int compare(byte[] arena, int a, int b) {
    int aKey = a + HEADER;
    int bKey = b + HEADER;
    int aValue = aKey + keyLength(arena, a);
    int bValue = bKey + keyLength(arena, b);
    int byKey = Arrays.compareUnsigned(arena, aKey, aValue, arena, bKey, bValue);
    return byKey != 0
        ? byKey
        : Arrays.compareUnsigned(
            arena,
            aValue,
            aValue + valueLength(arena, a),
            arena,
            bValue,
            bValue + valueLength(arena, b));
  }

  private static int keyLength(byte[] arena, int start) {
    return ByteBuffer.wrap(arena).getInt(start);
  }

  private static int valueLength(byte[] arena, int start) {
    return ByteBuffer.wrap(arena).getInt(start + Integer.BYTES);
  }

  @Override
  public boolean advance() {
    at++;
    return at < order.length;
  }

  @Override
  public byte[] key() {
    int from = order[at] + HEADER;
    return Arrays.copyOfRange(arena, from, from + keyLength(arena, order[at]));
  }

  @Override
  public byte[] value() {
    int from = order[at] + HEADER + keyLength(arena, order[at]);
    return Arrays.copyOfRange(arena, from, from + valueLength(arena, order[at]));
  }

  @Override
  public void close() {}
}
