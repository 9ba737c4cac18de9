package org.diskferry.tool.disk;

import java.util.Arrays;

/// A growing list of numbers without a box around each.
final class LongList {
  private static final int INITIAL = 1024;

  private long[] values = new long[INITIAL];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
    }
    values[size++] = value;
  }

  long at(int index) {
    return values[index];
  }

  int size() {
    return size;
  }
}
