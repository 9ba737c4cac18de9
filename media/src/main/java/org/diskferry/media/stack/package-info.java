/// The layers of a device, opened from the bottom up.
@NullMarked
package org.diskferry.media.stack;

import org.jspecify.annotations.NullMarked;
