/// Random access to the bytes of a medium: images, whole disks, slices of them.
@NullMarked
package org.diskferry.media.block;

import org.jspecify.annotations.NullMarked;
