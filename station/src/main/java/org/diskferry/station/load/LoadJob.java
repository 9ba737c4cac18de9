package org.diskferry.station.load;

import java.nio.file.Path;
import java.util.List;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.media.block.RescuingDevice;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.media.stack.Hints;

/// What is to be loaded.
///
/// @param order what the customer wants
/// @param device held exclusively; only read here, and read with patience
/// @param identity of the device
/// @param volumes that hold data, in order of their partitions
/// @param unread what may hold data and could not be opened, one sentence each
/// @param folder for the catalogue and the journal of this job and device
/// @param hints by which the volumes were opened, to open them again
public record LoadJob(
    WorkOrder.Load order,
    RescuingDevice device,
    DeviceIdentity identity,
    List<DataVolume> volumes,
    List<String> unread,
    Path folder,
    Hints hints) {

  /// Of a device without encryption.
  public LoadJob(
      WorkOrder.Load order,
      RescuingDevice device,
      DeviceIdentity identity,
      List<DataVolume> volumes,
      List<String> unread,
      Path folder) {
    this(order, device, identity, volumes, unread, folder, Hints.NONE);
  }

  /// Copies the lists.
  public LoadJob {
    volumes = List.copyOf(volumes);
    unread = List.copyOf(unread);
  }
}
