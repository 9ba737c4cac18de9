/// Filling a disk with objects: list, plan names, make the volume, fetch and write many at once in
/// an order that is exact, read back, write the log.
@NullMarked
package org.diskferry.station.fill;

import org.jspecify.annotations.NullMarked;
