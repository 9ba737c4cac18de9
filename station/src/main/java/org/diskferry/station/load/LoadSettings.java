package org.diskferry.station.load;

import java.time.Duration;

/// How much a load may take at once.
///
/// @param lanes requests to the store at the same time
/// @param memoryBytes for contents of files on their way
/// @param bufferedBytes largest file or part that is held in memory while it is sent; larger ones
///   stream, and are read from the device again for a retry. A multiple of 1 MiB
/// @param singleBytes largest file that is stored in one request, so that one MD5 serves the log
///   and the ETag
/// @param partBytes of the parts of larger ones, as long as 10,000 are enough. A multiple of 1 MiB
/// @param storePatience how long a store may fail before the device is put on hold
/// @param readBack whether every object is read back from the store before the erase; if not, only
///   those for which the store's own checksums and ETags do not vouch
public record LoadSettings(
    int lanes,
    int memoryBytes,
    int bufferedBytes,
    long singleBytes,
    long partBytes,
    Duration storePatience,
    boolean readBack) {
  private static final int MIB = 1 << 20;

  /// Sixteen lanes fill a gigabit over an ocean, and their parts of 16 MiB share 96 MiB; 1 GiB is
  /// what most stores take in one request without trouble.
  public static final LoadSettings DEFAULT =
      new LoadSettings(16, 96 * MIB, 16 * MIB, 1024L * MIB, 16L * MIB, Duration.ofHours(1), true);

  /// Checks that they can work together.
  public LoadSettings {
    if (lanes < 1 || bufferedBytes < MIB || bufferedBytes % MIB != 0 || partBytes % MIB != 0) {
      throw new IllegalArgumentException("at least one lane, and buffers and parts in whole MiB");
    }
    if (memoryBytes < bufferedBytes || memoryBytes < StreamBody.WINDOW_BYTES) {
      throw new IllegalArgumentException("the memory holds not even one part");
    }
    if (singleBytes < bufferedBytes || partBytes < MIB) {
      throw new IllegalArgumentException("what is buffered is stored in one request");
    }
  }
}
