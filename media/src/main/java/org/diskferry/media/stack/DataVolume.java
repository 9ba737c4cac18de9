package org.diskferry.media.stack;

import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileTree;

/// A file system of a device that a customer's data may be in.
///
/// @param number of its partition; 0 where the file system fills the device
/// @param bytes that it lies in: what its extents are counted in
/// @param start first of those bytes on the device; of a container in pieces, roughly
/// @param tree the files
/// @param beside whether its files only lie beside a container that holds the customer's data
public record DataVolume(int number, BlockSource bytes, long start, FileTree tree, boolean beside) {

  /// One whose files are the customer's data.
  public DataVolume(int number, BlockSource bytes, long start, FileTree tree) {
    this(number, bytes, start, tree, false);
  }
}
