package org.diskferry.station.fill;

import java.nio.file.Path;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.media.block.BlockDevice;

/// What is to be filled.
///
/// @param order what the customer wants
/// @param device held exclusively; all that it holds is overwritten
/// @param identity of the device
/// @param folder for the selection and the journal of this job and device
public record FillJob(
    WorkOrder.Fill order, BlockDevice device, DeviceIdentity identity, Path folder) {}
