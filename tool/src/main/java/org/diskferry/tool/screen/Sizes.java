package org.diskferry.tool.screen;

import java.util.Locale;

/// Sizes as people read them.
public final class Sizes {
  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final int STEP = 1024;

  private Sizes() {}

  /// In the largest unit that leaves at least one, with three digits at most: `1.5 GiB`.
  public static String of(long bytes) {
    if (bytes < STEP) {
      return bytes + " " + UNITS[0];
    }
    double amount = bytes;
    int unit = 0;
    while (amount >= STEP && unit < UNITS.length - 1) {
      amount /= STEP;
      unit++;
    }
    String format = amount < 10 ? "%.2f %s" : amount < 100 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, format, amount, UNITS[unit]);
  }
}
