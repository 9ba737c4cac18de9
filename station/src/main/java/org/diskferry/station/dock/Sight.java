package org.diskferry.station.dock;

import java.util.List;
import org.diskferry.job.JobId;
import org.diskferry.job.dispatch.Claim;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.media.stack.DeviceStack;
import org.jspecify.annotations.Nullable;

/// What a device looks like at one moment: enough to say, before the first byte is overwritten,
/// that it is still the one that was loaded.
///
/// @param size bytes
/// @param volumes partition and file system of each volume, identifiers included
/// @param claim which job it says that it belongs to
record Sight(long size, List<Place> volumes, Claim claim) {

  /// One volume: where it begins and what it calls itself.
  record Place(int partition, long start, Volume volume) {}

  /// Looks at `device` anew.
  static Sight of(BlockDevice device, @Nullable JobId binding) throws MediaException {
    return of(device, DeviceStack.open(device, Bounds.GENEROUS), binding);
  }

  /// As the opened stack has it.
  static Sight of(BlockDevice device, DeviceStack stack, @Nullable JobId binding)
      throws MediaException {
    List<DataVolume> volumes = stack.volumes();
    return new Sight(
        device.size(),
        volumes.stream().map(v -> new Place(v.number(), v.start(), v.tree().volume())).toList(),
        Claims.of(device, stack, binding));
  }
}
