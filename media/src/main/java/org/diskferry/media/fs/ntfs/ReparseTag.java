package org.diskferry.media.fs.ntfs;

import java.util.Map;

/// What a reparse point's tag means for who reads the disk elsewhere. Numbers are those of
/// [MS-FSCC] 2.1.2.1.
enum ReparseTag {
  /// Stands for another name.
  LINK,
  /// A socket, pipe or device of the Windows subsystem for Linux or of NFS.
  SPECIAL,
  /// Kept by a cloud service, whole or in part; what is here is told by the file's flags.
  CLOUD,
  /// Compressed by the system (CompactOS).
  SYSTEM_COMPRESSED,
  /// Content is in the chunk store of Windows Server's deduplication.
  DEDUPLICATED,
  /// Whoever made it knows what it means.
  UNKNOWN;

  private static final int NAME_SURROGATE = 0x2000_0000;

  /// Sixteen tags of the cloud filter differ in these bits only.
  private static final int CLOUD_VARIANT = 0x0000_F000;

  private static final int CLOUD_FILTER = 0x9000_001A;

  private static final Map<Integer, ReparseTag> KNOWN =
      Map.ofEntries(
          Map.entry(0xA000_0003, LINK), // mount point
          Map.entry(0xA000_000C, LINK), // symbolic link
          Map.entry(0xA000_001D, LINK), // symbolic link of Linux
          Map.entry(0x8000_001B, LINK), // alias of a store app
          Map.entry(0x8000_0014, SPECIAL), // NFS
          Map.entry(0x8000_0023, SPECIAL), // socket
          Map.entry(0x8000_0024, SPECIAL), // pipe
          Map.entry(0x8000_0025, SPECIAL), // character device
          Map.entry(0x8000_0026, SPECIAL), // block device
          Map.entry(0x8000_001E, CLOUD), // storage sync
          Map.entry(0x8000_0021, CLOUD), // OneDrive, before the cloud filter
          Map.entry(0x8000_0017, SYSTEM_COMPRESSED),
          Map.entry(0x8000_0013, DEDUPLICATED));

  /// The meaning of `tag`.
  static ReparseTag of(int tag) {
    ReparseTag known = KNOWN.get(tag);
    if (known != null) {
      return known;
    }
    if ((tag & ~CLOUD_VARIANT) == CLOUD_FILTER) {
      return CLOUD;
    }
    return (tag & NAME_SURROGATE) != 0 ? LINK : UNKNOWN;
  }
}
