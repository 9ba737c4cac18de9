package org.diskferry.media.stack;

import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.FileTree;

/// A file system of a device that a customer's data may be in.
///
/// @param number of its partition; 0 where the file system fills the device
/// @param bytes that it lies in: what its extents are counted in
/// @param start first of those bytes on the device
/// @param tree the files
public record DataVolume(int number, BlockSource bytes, long start, FileTree tree) {}
