/// A disk, read: blocks, partitions, file systems, the stack of them, and wiping.
///
/// Everything here parses bytes that a stranger has written. It is plain Java, calls nothing native
/// outside `media.block.linux`, and has nothing else on its class path but the ciphers and hashes
/// that `crypt` needs. Arrows point one way: `stack` and `wipe` ▸ `fs.<format>` ▸ `fs` ▸ `crypt` ▸
/// `partition` ▸ `block`.
@NullMarked
package org.diskferry.media;

import org.jspecify.annotations.NullMarked;
