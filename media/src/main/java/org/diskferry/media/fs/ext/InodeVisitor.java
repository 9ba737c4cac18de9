package org.diskferry.media.fs.ext;

import org.diskferry.media.MediaException;

/// Receives what the inode tables hold.
interface InodeVisitor {
  /// An inode that somebody may use: it has names, or is reserved, or the group's map has it.
  void inode(Inode inode) throws MediaException;

  /// An inode that is in use and cannot be read.
  void lost(long number, String reason) throws MediaException;

  /// Inodes of which not even that is known.
  void damage(String reason) throws MediaException;
}
