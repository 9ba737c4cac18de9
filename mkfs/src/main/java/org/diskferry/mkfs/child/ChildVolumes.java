package org.diskferry.mkfs.child;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.MkfsException.Trouble;
import org.diskferry.mkfs.NewVolume;
import org.diskferry.mkfs.VolumeMaker;
import org.diskferry.mkfs.format.Formatter;

/// Volumes that are filled by a child process each.
public final class ChildVolumes implements VolumeMaker {

  @Override
  public FilledVolume make(BlockDevice medium, NewVolume volume, Path folder) throws MkfsException {
    try {
      new Checkpoint(folder).delete();
    } catch (IOException e) {
      throw new MkfsException(Trouble.CRASHED, folder + " cannot be written to: " + e, e);
    }
    Formatter.of(volume).format(medium, volume, folder);
    return FilledVolume.open(medium, volume.fileSystem(), folder, List.of());
  }

  @Override
  public FilledVolume resume(BlockDevice medium, NewVolume volume, Path folder)
      throws MkfsException {
    Checkpoint checkpoint = new Checkpoint(folder);
    if (!checkpoint.exists()) {
      throw new MkfsException(Trouble.INCONSISTENT, "no checkpoint of this volume was kept");
    }
    List<FilePath> unfinished;
    try {
      unfinished = checkpoint.apply(medium);
    } catch (IOException e) {
      throw new MkfsException(Trouble.INCONSISTENT, String.valueOf(e.getMessage()), e);
    } catch (MediaException e) {
      throw new MkfsException(Trouble.DEVICE, e.getMessage(), e);
    }
    return FilledVolume.open(medium, volume.fileSystem(), folder, unfinished);
  }
}
