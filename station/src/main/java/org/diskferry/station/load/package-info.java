/// From the files of a device to objects of a store, proven.
@NullMarked
package org.diskferry.station.load;

import org.jspecify.annotations.NullMarked;
