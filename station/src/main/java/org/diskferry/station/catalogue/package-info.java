/// What lies on a device, in files on the station's own disk: rows in path order, their order on
/// the medium, and what an order makes of each. Memory stays bounded whatever the number of files.
@NullMarked
package org.diskferry.station.catalogue;

import org.jspecify.annotations.NullMarked;
