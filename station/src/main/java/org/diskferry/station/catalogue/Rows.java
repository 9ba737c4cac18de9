package org.diskferry.station.catalogue;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/// Rows one after the other. One thread at a time.
public final class Rows {
  private final BooleanSupplier more;
  private final Step step;
  private int taken;

  /// Reads the next row.
  @FunctionalInterface
  interface Step {
    Row row(int taken) throws IOException;
  }

  Rows(BooleanSupplier more, Step step) {
    this.more = more;
    this.step = step;
  }

  /// Whether there is another.
  public boolean hasNext() {
    return more.getAsBoolean();
  }

  /// The next one.
  public Row next() throws IOException {
    return step.row(taken++);
  }
}
