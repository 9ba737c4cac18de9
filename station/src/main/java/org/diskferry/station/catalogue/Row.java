package org.diskferry.station.catalogue;

import java.time.Instant;
import org.diskferry.media.fs.Node;

/// One name on a device: what becomes one row of the customer's log.
///
/// @param number its place in path order, from 0
/// @param path without a leading slash, `pN/` before it where several partitions carry data; bytes
///   of a name that are no UTF-8 stand as `\xNN`
/// @param nameable whether every part of the path is UTF-8, so that it can be a key
/// @param volume index of its volume in the list that was catalogued
/// @param kind what it is
/// @param form how its content is stored
/// @param node id of its file on the volume; several rows (hard links) may share it
/// @param size bytes of content
/// @param modified when its content last changed
/// @param address first byte of its content on the device; the volume's first byte where the
///   content lies in the metadata
/// @param lost why it can't be read, for the customer; empty where nothing is known against it
public record Row(
    int number,
    String path,
    boolean nameable,
    int volume,
    Kind kind,
    Node.Form form,
    long node,
    long size,
    Instant modified,
    long address,
    String lost) {

  /// What a row stands for.
  public enum Kind {
    /// A regular file.
    FILE,
    /// A symbolic link, or what stands for another name.
    LINK,
    /// A device, a pipe, a socket.
    SPECIAL,
    /// A named stream beside a file's content.
    STREAM,
    /// A regular file that lies beside the container with the customer's data.
    BESIDE,
    /// Something that is or may be there and could not be read: a directory's entries, a name that
    /// leads nowhere.
    LOST
  }
}
