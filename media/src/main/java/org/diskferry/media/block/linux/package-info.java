/// Disks and images as Linux has them: opened exclusively, told apart, read past the cache. The
/// only room of this module that calls the operating system natively; nothing here looks at what
/// the bytes mean.
@NullMarked
package org.diskferry.media.block.linux;

import org.jspecify.annotations.NullMarked;
