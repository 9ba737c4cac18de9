package org.diskferry.station.fill;

import java.time.Duration;

/// How much the filling of a device may take at once.
///
/// @param lanes objects on their way at the same time
/// @param chunkBytes of an object that are asked for at once, a multiple of 4,096: each lane has a
///   buffer of so many
/// @param checkpointBytes written between two checkpoints, at most about
/// @param checkpointEvery the time between two checkpoints, at most about
/// @param storePatience how long a store may fail before the device is put on hold
/// @param quick whether the free space of a container is left as it is, not made random
public record FillSettings(
    int lanes,
    int chunkBytes,
    long checkpointBytes,
    Duration checkpointEvery,
    Duration storePatience,
    boolean quick) {
  private static final int UNIT = 4096;
  private static final int MIB = 1 << 20;

  /// Sixteen lanes of 4 MiB hide the answers of a store over an ocean; what a sudden end costs is
  /// what one checkpoint to the next brings, seconds.
  public static final FillSettings DEFAULT =
      new FillSettings(16, 4 * MIB, 512L * MIB, Duration.ofSeconds(10), Duration.ofHours(1), false);

  /// Likewise, with the free space of containers as it is.
  public FillSettings quickly() {
    return new FillSettings(
        lanes, chunkBytes, checkpointBytes, checkpointEvery, storePatience, true);
  }

  /// Checks that they can work together.
  public FillSettings {
    if (lanes < 1 || chunkBytes < UNIT || chunkBytes % UNIT != 0 || checkpointBytes < 1) {
      throw new IllegalArgumentException("at least one lane, and chunks in whole blocks");
    }
  }
}
