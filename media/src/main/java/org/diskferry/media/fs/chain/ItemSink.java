package org.diskferry.media.fs.chain;

import org.diskferry.media.MediaException;

/// Takes what a directory's records mean.
public interface ItemSink {
  /// A file or directory.
  void item(Item item) throws MediaException;

  /// Clusters of something that is no file and is not shown.
  void hidden(Storage storage) throws MediaException;

  /// Something of the directory that could not be read.
  void damage(String reason) throws MediaException;
}
