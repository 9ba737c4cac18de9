/// HFS+ and HFSX, read from their own structures: Apple's Technical Note TN1150.
///
/// Everything on the disk is big-endian but the compressed files, which macOS added later
/// (`decmpfs`) and which count little-endian. Places are bytes of the partition, also where an HFS
/// wrapper lies around the volume.
///
/// A number in this package is one of three: a *block* (of the volume), a *node* (of a B-tree), or
/// a *CNID*, by which the catalogue knows a file or folder.
@NullMarked
package org.diskferry.media.fs.hfsplus;

import org.jspecify.annotations.NullMarked;
