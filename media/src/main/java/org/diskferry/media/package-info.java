/// A disk, read: blocks, partitions, file systems, the stack of them, and wiping.
///
/// Everything here parses bytes that a stranger has written. It is plain Java, calls nothing native
/// outside `media.block.linux`, and has nothing else on its class path. Arrows point one way:
/// `stack` and `wipe` ▸ `fs.<format>` ▸ `fs` ▸ `partition` ▸ `block`.
@NullMarked
package org.diskferry.media;

import org.jspecify.annotations.NullMarked;
