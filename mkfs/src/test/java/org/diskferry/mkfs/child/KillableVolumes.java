package org.diskferry.mkfs.child;

import java.nio.file.Path;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.NewVolume;
import org.diskferry.mkfs.VolumeMaker;
import org.diskferry.mkfs.VolumeWriter;
import org.jspecify.annotations.Nullable;

/// Volumes of children of which the newest can be killed.
public final class KillableVolumes implements VolumeMaker {
  private final ChildVolumes volumes = new ChildVolumes();
  private @Nullable FilledVolume newest;

  @Override
  public VolumeWriter make(BlockDevice medium, NewVolume volume, Path folder) throws MkfsException {
    newest = volumes.make(medium, volume, folder);
    return newest;
  }

  @Override
  public VolumeWriter resume(BlockDevice medium, NewVolume volume, Path folder)
      throws MkfsException {
    newest = volumes.resume(medium, volume, folder);
    return newest;
  }

  /// Ends the newest child as a crash would.
  public void kill() {
    FilledVolume child = newest;
    if (child == null) {
      throw new IllegalStateException("there was no child yet");
    }
    child.killChild();
  }
}
