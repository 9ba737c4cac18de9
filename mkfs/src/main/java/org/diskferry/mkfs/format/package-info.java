/// An empty volume, made by the format's own program on a sparse file and carried over to the
/// medium: the program never sees the device, and a medium that is encrypted needs no driver.
@NullMarked
package org.diskferry.mkfs.format;

import org.jspecify.annotations.NullMarked;
