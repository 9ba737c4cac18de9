package org.diskferry.app.screen;

import java.time.Duration;

/// A length of time as people say it: its two largest units (`2 h 5 min`, `40 s`).
public final class Span {
  private Span() {}

  /// In words.
  public static String of(Duration time) {
    if (time.toDays() > 0) {
      return time.toDays() + " d " + time.toHoursPart() + " h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    if (time.toMinutes() > 0) {
      return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
    return time.toSeconds() + " s";
  }
}
