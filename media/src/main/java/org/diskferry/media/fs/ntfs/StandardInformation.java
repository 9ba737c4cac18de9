package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/// What every file has: times and flags.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 8 | 8 | when the content last changed: 100 ns since 1601, UTC |
/// | 32 | 4 | flags, as [MS-FSCC] 2.6 numbers them |
///
/// @param modified when the content last changed
/// @param flags see the constants
record StandardInformation(Instant modified, int flags) {
  private static final int LENGTH = 36;
  private static final int SYSTEM = 0x4;
  private static final int OFFLINE = 0x1000;
  private static final int ENCRYPTED = 0x4000;
  private static final int RECALL_ON_OPEN = 0x4_0000;
  private static final int RECALL_ON_DATA_ACCESS = 0x40_0000;

  private static final long EPOCH_1601_SECONDS = -11_644_473_600L;
  private static final long TICKS_A_SECOND = 10_000_000L;
  private static final long NANOS_A_TICK = 100L;

  /// Empty where `value` is too short to be one.
  static Optional<StandardInformation> read(ByteBuffer value) {
    return value.limit() < LENGTH
        ? Optional.empty()
        : Optional.of(new StandardInformation(instant(value.getLong(8)), value.getInt(32)));
  }

  static Instant instant(long ticks) {
    return Instant.ofEpochSecond(
        EPOCH_1601_SECONDS + Math.floorDiv(ticks, TICKS_A_SECOND),
        Math.floorMod(ticks, TICKS_A_SECOND) * NANOS_A_TICK);
  }

  boolean isSystem() {
    return (flags & SYSTEM) != 0;
  }

  boolean isEncrypted() {
    return (flags & ENCRYPTED) != 0;
  }

  /// Whether the content, or a part of it, has to be fetched from elsewhere.
  boolean isElsewhere() {
    return (flags & (OFFLINE | RECALL_ON_OPEN | RECALL_ON_DATA_ACCESS)) != 0;
  }
}
