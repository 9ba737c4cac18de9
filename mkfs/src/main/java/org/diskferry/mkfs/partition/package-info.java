/// The partition table of a disk that is made.
@NullMarked
package org.diskferry.mkfs.partition;

import org.jspecify.annotations.NullMarked;
