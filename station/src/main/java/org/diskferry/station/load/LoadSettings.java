package org.diskferry.station.load;

import java.time.Duration;

/// How much a load may take at once.
///
/// @param lanes requests to the store at the same time
/// @param memoryBytes for contents of files on their way; at least one buffered part and one window
/// @param bufferedBytes largest file or part that is held in memory while it is sent; larger ones
///   stream, and are read from the device again for a retry. A multiple of 1 MiB
/// @param singleBytes largest file that is stored in one request, so that one MD5 serves the log
///   and the ETag
/// @param storePatience how long a store may fail before the device is put on hold
/// @param readBack whether every object is read back from the store before the erase; if not, only
///   those for which the store's own checksums and ETags do not vouch
public record LoadSettings(
    int lanes,
    int memoryBytes,
    int bufferedBytes,
    long singleBytes,
    Duration storePatience,
    boolean readBack) {

  /// Sixteen lanes fill a gigabit over an ocean, and their parts of 16 MiB share 96 MiB; 1 GiB is
  /// what most stores take in one request without trouble.
  public static final LoadSettings DEFAULT =
      new LoadSettings(16, 96 << 20, 16 << 20, 1L << 30, Duration.ofHours(1), true);

  /// Checks that they can work together.
  public LoadSettings {
    if (lanes < 1 || bufferedBytes < 1 || bufferedBytes % (1 << 20) != 0) {
      throw new IllegalArgumentException("at least one lane, and buffers in whole MiB");
    }
    if (memoryBytes < bufferedBytes || memoryBytes < StreamBody.WINDOW_BYTES) {
      throw new IllegalArgumentException("the memory holds not even one part");
    }
    if (singleBytes < bufferedBytes) {
      throw new IllegalArgumentException("what is buffered is stored in one request");
    }
  }
}
