package org.diskferry.server.query;

/// What a client sent, as messages and the log repeat it: short, and on one line.
final class Quote {
  /// Enough to recognise what was sent.
  private static final int LONGEST = 60;

  private Quote() {}

  static String of(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
        .forEach(shown::appendCodePoint);
    return text.codePointCount(0, text.length()) > LONGEST ? shown + "…" : shown.toString();
  }
}
