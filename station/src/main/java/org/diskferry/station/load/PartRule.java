package org.diskferry.station.load;

/// How a file is cut into parts.
///
/// @param partBytes bytes of every part but the last
/// @param count how many parts
record PartRule(long partBytes, int count) {
  /// Of the S3 protocol.
  private static final int MOST_PARTS = 10_000;

  private static final long MIB = 1 << 20;

  /// Parts of `preferred` bytes, or as much larger, in whole MiB, as the number of parts demands.
  static PartRule of(long size, long preferred) {
    long least = Math.ceilDiv(size, (long) MOST_PARTS);
    long partBytes = Math.max(preferred, Math.ceilDiv(least, MIB) * MIB);
    return new PartRule(partBytes, Math.toIntExact(Math.ceilDiv(size, partBytes)));
  }

  long start(int number) {
    return (number - 1) * partBytes;
  }

  long length(int number, long size) {
    return Math.min(partBytes, size - start(number));
  }
}
