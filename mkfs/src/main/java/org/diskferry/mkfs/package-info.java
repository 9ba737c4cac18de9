/// A disk, made: a file system is put on it and filled with files, in an order that the caller
/// sets.
///
/// What stands here is the contract; the volumes themselves are written in a process of their own,
/// so that a crash in the libraries that do it costs one job and not the station.
@NullMarked
package org.diskferry.mkfs;

import org.jspecify.annotations.NullMarked;
