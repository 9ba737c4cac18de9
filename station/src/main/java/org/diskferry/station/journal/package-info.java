/// What has been done for a device, durably: after a crash the work goes on where the journal ends.
@NullMarked
package org.diskferry.station.journal;

import org.jspecify.annotations.NullMarked;
