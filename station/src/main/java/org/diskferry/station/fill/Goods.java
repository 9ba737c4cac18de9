package org.diskferry.station.fill;

import org.diskferry.mkfs.FilePath;

/// An object for which room was made: one piece of work for a lane.
///
/// @param path of the file
/// @param file number by which the volume knows it
record Goods(Wish wish, FilePath path, long file) {}
