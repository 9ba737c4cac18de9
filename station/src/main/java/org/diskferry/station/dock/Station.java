package org.diskferry.station.dock;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.diskferry.station.fill.Exporter;
import org.diskferry.station.load.Loader;

/// What every visit needs of its station.
///
/// @param name of the station, in leases
/// @param server that knows the jobs
/// @param loader of files
/// @param exporter of objects
/// @param folder for the catalogue and the journal of each job and device
/// @param beat how often a lease is kept alive
/// @param opening of devices
/// @param clock for the pace of things
record Station(
    String name,
    Server server,
    Loader loader,
    Exporter exporter,
    Path folder,
    Duration beat,
    Opening opening,
    InstantSource clock) {}
