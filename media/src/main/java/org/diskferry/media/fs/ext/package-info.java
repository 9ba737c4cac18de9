/// ext2, ext3 and ext4, read as the format's documentation in the Linux kernel ("ext4 Data
/// Structures and Algorithms") and its reference tools describe them.
///
/// [Ext] is the way in. What was pending in the journal is looked up in the journal itself
/// ([Replay]), and what fast commits changed is laid over the rest ([FastChanges]): a volume which
/// was never unmounted reads as it would after recovery, and nothing is written. Metadata whose
/// checksum is wrong is told as damage and not believed.
@NullMarked
package org.diskferry.media.fs.ext;

import org.jspecify.annotations.NullMarked;
