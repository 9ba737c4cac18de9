/// A volume inside an encrypted container: one file of TrueCrypt's or VeraCrypt's format that takes
/// all of a volume, and a file system in it. The container is found by our own readers and written
/// past the volume that it lies on; neither child ever sees its key.
@NullMarked
package org.diskferry.mkfs.container;

import org.jspecify.annotations.NullMarked;
