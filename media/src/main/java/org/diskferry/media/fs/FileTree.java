package org.diskferry.media.fs;

import org.diskferry.media.MediaException;

/// A file system, open for reading. Nothing is ever written, a journal is replayed in memory.
///
/// Contract, held by `FileTreeContract` for every format:
///
/// * [#scan] delivers every live node once and every live name once, in the order in which the
///   metadata lies on the medium, so that a disk is read forwards. A link may come before its node
///   or its parent; callers join them afterwards. What the format hides from its users (metafiles)
///   is hidden by number, never by name. Deleted files are not delivered.
/// * A damaged part costs what depends on it: it is told as [Damage], and the rest goes on. Only
///   what makes the whole volume unreadable throws.
/// * [#content] answers at any time after a scan, for any id of a file that was delivered.
/// * A second scan delivers the same again.
/// * One thread at a time; [Content] that was handed out may be read by others.
public interface FileTree {

  /// What volume this is.
  Volume volume();

  /// Id of the directory at the top.
  long root();

  /// Walks all metadata.
  ///
  /// @throws MediaException when the volume as a whole cannot be read, or a limit is reached
  void scan(Visitor visitor) throws MediaException;

  /// Where the bytes of file `id` are. Damage is a value ([Content.Unreadable]), not an exception;
  /// only a device that is gone throws.
  Content content(long id) throws MediaException;

  /// Where the bytes of a file are that a scan delivered, without a look at the metadata where the
  /// scan has said it all.
  default Content content(Node file) throws MediaException {
    return file.form() == Node.Form.ONE_EXTENT
        ? Content.Extents.ofOne(file.firstByte(), file.size())
        : content(file.id());
  }

  /// Compares the volume's own allocation map with all that is known to use space.
  Coverage coverage() throws MediaException;

  /// Receives what a scan finds.
  interface Visitor {
    /// A thing.
    void node(Node node) throws MediaException;

    /// A name of a thing.
    void link(Link link) throws MediaException;

    /// Something that could not be read.
    void damage(Damage damage) throws MediaException;
  }
}
