/// What fills a file system: the library's side of the work, metadata only, without a device, a
/// process or a pipe.
@NullMarked
package org.diskferry.mkfs.fill;

import org.jspecify.annotations.NullMarked;
