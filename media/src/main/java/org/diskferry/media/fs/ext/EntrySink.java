package org.diskferry.media.fs.ext;

import org.diskferry.media.MediaException;

/// Receives what a directory holds.
interface EntrySink {
  /// A name, as bytes, the inode that it leads to, and what the directory says that is.
  void entry(byte[] name, long inode, int type) throws MediaException;

  /// Entries that could not be read, or cannot be believed.
  void damage(String reason) throws MediaException;
}
