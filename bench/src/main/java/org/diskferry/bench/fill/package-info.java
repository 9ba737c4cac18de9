/// Filling disks, beside copying into a mounted file system.
@NullMarked
package org.diskferry.bench.fill;

import org.jspecify.annotations.NullMarked;
