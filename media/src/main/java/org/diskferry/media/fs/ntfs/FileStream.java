package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.util.List;

/// One value of a file with all its parts put together: its content, a named stream, or what the
/// file system itself keeps.
sealed interface FileStream {

  /// Held in the record.
  record Resident(int flags, ByteBuffer value) implements FileStream {}

  /// In runs, from virtual cluster 0 on without a gap.
  ///
  /// @param flags as in [Attribute]
  /// @param unitShift clusters of a compression unit, as a power of 2
  /// @param size bytes
  /// @param written bytes that were ever written; the rest, up to `size`, reads as zeros
  /// @param runs in order
  record Mapped(int flags, int unitShift, long size, long written, List<Run> runs)
      implements FileStream {}

  /// Parts are missing or contradict each other.
  ///
  /// @param size as far as it is known
  record Broken(long size, String reason) implements FileStream {}

  /// There is none.
  record Absent() implements FileStream {}

  /// Bytes of the value, as far as they are known.
  default long size() {
    return switch (this) {
      case Absent _ -> 0;
      case Broken broken -> broken.size();
      case Resident resident -> resident.value().limit();
      case Mapped mapped -> mapped.size();
    };
  }
}
