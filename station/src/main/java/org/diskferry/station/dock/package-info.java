/// Bays and the devices in them: taken up, recognised, followed through their stay, let go.
@NullMarked
package org.diskferry.station.dock;

import org.jspecify.annotations.NullMarked;
