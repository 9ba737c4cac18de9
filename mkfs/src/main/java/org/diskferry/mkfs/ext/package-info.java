/// ext4, filled through the system's libext2fs. The library gives out inodes and blocks, keeps the
/// bitmaps, the extents and the checksums; directories are written here, because the library adds
/// names in quadratic time and builds no index. Names of fields and features are those of the
/// kernel's documentation, "ext4 Data Structures and Algorithms".
@NullMarked
package org.diskferry.mkfs.ext;

import org.jspecify.annotations.NullMarked;
