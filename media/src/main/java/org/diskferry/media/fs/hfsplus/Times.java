package org.diskferry.media.fs.hfsplus;

import java.time.Instant;

/// Times of the disk: unsigned seconds since 1904-01-01 in UTC, to 2040-02-06; 0 is none.
final class Times {
  private static final long FROM_1904_TO_1970 = 2_082_844_800L;

  private Times() {}

  /// What is not set is 1970, as everywhere in this program.
  static Instant instant(int raw) {
    return raw == 0
        ? Instant.EPOCH
        : Instant.ofEpochSecond(Integer.toUnsignedLong(raw) - FROM_1904_TO_1970);
  }
}
