/// FAT12, FAT16 and FAT32 after Microsoft's "FAT32 File System Specification" (1.03), which has
/// long names, too.
///
/// The kind follows from the count of clusters, but that a volume without a 16-bit length of its
/// table is FAT32 whatever its size, as Windows and Linux read it. Times have no zone on the
/// medium: they are taken for UTC, and are good to two seconds. The counts in the FSInfo sector are
/// never used.
@NullMarked
package org.diskferry.media.fs.fat;

import org.jspecify.annotations.NullMarked;
