/// Fixtures of the station's tests: a disk with a toy file system, a store and a server in files.
@NullMarked
package org.diskferry.station.testing;

import org.jspecify.annotations.NullMarked;
