package org.diskferry.mkfs;

import java.nio.file.Path;
import org.diskferry.media.block.BlockDevice;

/// Puts volumes on media: on a partition, or inside a container.
///
/// Contract: `make` overwrites what the medium held, without a question; whoever calls has the
/// right to do so. `resume` goes on with a volume of ours after a sudden end, exactly as its last
/// checkpoint left it, and throws `INCONSISTENT` where that cannot be had; it never repairs.
///
/// The medium stays the caller's: it is not closed here. `folder` is the volume's own, exists, and
/// lies on another disk; it holds what is needed to go on after a sudden end, and may be deleted
/// once the writer was closed.
public interface VolumeMaker {

  /// Makes `volume` on all of `medium` and opens it for filling.
  VolumeWriter make(BlockDevice medium, NewVolume volume, Path folder) throws MkfsException;

  /// Opens what [#make] began, for more.
  VolumeWriter resume(BlockDevice medium, NewVolume volume, Path folder) throws MkfsException;
}
