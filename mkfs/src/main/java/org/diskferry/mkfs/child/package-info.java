/// The two sides of the pipe. The child calls the libraries that know a file system; it sees the
/// volume's metadata through a cache of its own, never the device, never a file's content and never
/// a key. The parent holds the device, writes contents to where the child has put them, and makes
/// metadata durable, all of a checkpoint or nothing. So a child that crashes, hangs or is killed
/// takes with it what came after the last checkpoint, and nothing else.
@NullMarked
package org.diskferry.mkfs.child;

import org.jspecify.annotations.NullMarked;
