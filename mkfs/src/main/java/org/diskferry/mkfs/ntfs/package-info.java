/// NTFS, filled through the system's libntfs-3g. The library is loaded in the child only.
@NullMarked
package org.diskferry.mkfs.ntfs;

import org.jspecify.annotations.NullMarked;
