package org.diskferry.media.fs.chain;

import java.time.Instant;
import java.time.LocalDate;

/// Date and time as DOS packs them: year since 1980, month, day; hour, minute, two seconds.
public final class DosTime {
  private static final int SECONDS_A_DAY = 86_400;

  private DosTime() {}

  /// The instant, taking the clock on the wall for UTC; the epoch where there is no such date.
  public static Instant of(int date, int time) {
    int month = date >> 5 & 0xF;
    int day = date & 0x1F;
    int hour = time >> 11 & 0x1F;
    int minute = time >> 5 & 0x3F;
    int second = (time & 0x1F) * 2;
    if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) {
      return Instant.EPOCH;
    }
    long days = LocalDate.of(1980 + (date >> 9 & 0x7F), month, 1).toEpochDay() + day - 1;
    return Instant.ofEpochSecond(days * SECONDS_A_DAY + hour * 3600L + minute * 60L + second);
  }
}
