package org.diskferry.station.fill;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.Extent;
import org.diskferry.media.block.ExtentsDevice;
import org.diskferry.media.partition.Partition;
import org.diskferry.media.stack.Contents;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.stack.Hints;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.MkfsException.Trouble;
import org.diskferry.mkfs.NewVolume;
import org.diskferry.mkfs.VolumeMaker;
import org.diskferry.mkfs.VolumeWriter;
import org.diskferry.mkfs.partition.FillMark;
import org.diskferry.mkfs.partition.SinglePartition;

/// A disk with a GPT and one partition over all of it, named like its volume after the job.
final class NewDisk implements ExportDisk {
  private final FillJob job;
  private final VolumeMaker volumes;
  private final Hints hints;
  private final Runnable wipe;

  /// @param volumes makes what lies in the partition
  /// @param hints by which that is read
  /// @param wipe forgets passwords and keys, at the end
  NewDisk(FillJob job, VolumeMaker volumes, Hints hints, Runnable wipe) {
    this.job = job;
    this.volumes = volumes;
    this.hints = hints;
    this.wipe = wipe;
  }

  @Override
  public VolumeWriter make(NewVolume volume, Path folder) throws MkfsException {
    WorkOrder.Fill order = job.order();
    try {
      new FillMark(order.job().value(), order.mark()).write(job.device());
    } catch (MediaException e) {
      throw new MkfsException(Trouble.DEVICE, e.getMessage(), e);
    }
    Extent place =
        SinglePartition.write(
            job.device(), volume.fileSystem(), volume.label(), new SecureRandom());
    return volumes.make(partition(place.physical(), place.length()), volume, folder);
  }

  @Override
  public VolumeWriter resume(NewVolume volume, Path folder) throws MkfsException {
    return volumes.resume(partition(), volume, folder);
  }

  private BlockDevice partition() throws MkfsException {
    try {
      Contents contents = DeviceStack.open(job.device(), Bounds.GENEROUS).contents();
      if (contents instanceof Contents.Partitioned(var _, var parts) && parts.size() == 1) {
        Partition only = parts.getFirst().partition();
        return partition(only.start(), only.size());
      }
    } catch (MediaException e) {
      throw new MkfsException(Trouble.DEVICE, e.getMessage(), e);
    }
    throw new MkfsException(Trouble.INCONSISTENT, "the partition that was made is not there");
  }

  private BlockDevice partition(long start, long size) {
    return ExtentsDevice.slice(job.device(), start, size);
  }

  @Override
  public List<DataVolume> read() throws MediaException {
    return DeviceStack.open(job.device(), Bounds.GENEROUS, hints).volumes().stream()
        .filter(volume -> !volume.beside())
        .toList();
  }

  @Override
  public void close() {
    wipe.run();
  }

  /// The file system of that name.
  static FileSystem fileSystem(WorkOrder.Fill order) {
    return switch (order.manifest().fileSystem()) {
      case NTFS -> FileSystem.NTFS;
      case EXT4 -> FileSystem.EXT4;
    };
  }
}
