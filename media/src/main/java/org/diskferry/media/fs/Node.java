package org.diskferry.media.fs;

import java.time.Instant;

/// One thing that a volume holds, told apart by number; its names are [Link]s.
///
/// @param id the number by which the format knows it (inode, MFT record); unique on its volume
/// @param kind what it is
/// @param size bytes of content; 0 for what is not a file
/// @param modified when its content last changed, to the format's precision, in UTC
/// @param firstByte where on the volume its first stored byte lies; -1 where it has none of its own
/// @param form how its content is stored: what reading it will cost
public record Node(long id, Kind kind, long size, Instant modified, long firstByte, Form form) {

  /// What a node is. Only a [#FILE] can become an object.
  public enum Kind {
    /// A regular file.
    FILE,
    /// A directory.
    DIRECTORY,
    /// A symbolic link, a mount point, any reparse point that stands for another name.
    LINK,
    /// A device, a pipe, a socket.
    SPECIAL,
    /// A named stream beside a file's own content; its link's name is `file:stream`.
    STREAM
  }

  /// How content is stored.
  public enum Form {
    /// As one run of bytes, all of it, from [#firstByte] on.
    ONE_EXTENT,
    /// As runs of bytes, or with holes.
    EXTENTS,
    /// In the metadata itself.
    INLINE,
    /// Compressed, or otherwise to be decoded.
    ENCODED,
    /// Not at all that we could read; [FileTree#content] has the reason.
    UNREADABLE,
    /// There is none.
    NONE
  }

  /// Checks the size.
  public Node {
    if (size < 0 || firstByte < -1) {
      throw new IllegalArgumentException("node " + id + ": size " + size + " at " + firstByte);
    }
  }
}
