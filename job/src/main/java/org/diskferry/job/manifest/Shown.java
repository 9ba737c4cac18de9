package org.diskferry.job.manifest;

/// Customers' text as it is put into messages: short, and on one line.
final class Shown {
  /// Longer texts are cut: enough to recognise one.
  private static final int LONGEST = 60;

  private Shown() {}

  static String clip(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
        .forEach(shown::appendCodePoint);
    return text.codePointCount(0, text.length()) > LONGEST ? shown + "…" : shown.toString();
  }
}
