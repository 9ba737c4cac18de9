/// Erasing a device, and recognising an erasure that was interrupted.
@NullMarked
package org.diskferry.media.wipe;

import org.jspecify.annotations.NullMarked;
