package org.diskferry.station.dock;

import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.dispatch.Lease;
import org.diskferry.media.block.RescuingDevice;
import org.diskferry.media.stack.DeviceStack;

/// A device that was admitted.
///
/// @param bay where it is
/// @param device its one descriptor, held exclusively
/// @param identity what tells it from every other one
/// @param stack its layers
/// @param sight what it looked like when it was admitted
/// @param lease the right to work on it
record Guest(
    Bay bay,
    RescuingDevice device,
    DeviceIdentity identity,
    DeviceStack stack,
    Sight sight,
    Lease lease) {}
