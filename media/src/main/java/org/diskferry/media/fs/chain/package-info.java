/// What FAT and exFAT share: clusters that a table chains, directories of records of 32 bytes, and
/// the walk over them.
///
/// Directories are read in the order of their first clusters, so that a disk is read forwards; no
/// cluster is read as part of two directories. The table is read in pages, of which a fixed number
/// is kept: memory does not grow with the volume, but for a bit a cluster where some are known to
/// be used.
@NullMarked
package org.diskferry.media.fs.chain;

import org.jspecify.annotations.NullMarked;
