/// What every long task of a station shares: how it tells where it is, learns that it should stop,
/// bears a store that fails, and stores a file of our own.
@NullMarked
package org.diskferry.station.task;

import org.jspecify.annotations.NullMarked;
