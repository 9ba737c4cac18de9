package org.diskferry.media.fs;

import java.util.Optional;

/// What a file system says of itself.
///
/// @param format its name as people write it: `NTFS`, `ext4`
/// @param label the volume's name, empty where it has none
/// @param uuid its identifier in the notation of the format's own tools, empty where it has none
/// @param blockSize bytes of an allocation unit
/// @param size bytes of the volume as the format counts them
/// @param used bytes that the format's allocation map calls used; -1 where it could not be read
/// @param state whether it was put away properly
public record Volume(
    String format, String label, String uuid, int blockSize, long size, long used, State state) {

  /// Whether the volume was put away properly.
  public enum State {
    /// Unmounted in order.
    CLEAN,
    /// Mounted, or pulled, when the copy was made; nothing to replay.
    DIRTY,
    /// A journal was waiting and has been replayed in memory.
    REPLAYED,
    /// Left by a system that sleeps and thinks it still owns the volume.
    HIBERNATED
  }

  /// The label, where there is one.
  public Optional<String> name() {
    return label.isEmpty() ? Optional.empty() : Optional.of(label);
  }
}
