package org.diskferry.mkfs;

/// Puts volumes on media.
///
/// Contract: `make` overwrites what the medium held, without a question; whoever calls has the
/// right to do so. `resume` goes on with a volume of ours after a sudden end, exactly as its last
/// checkpoint left it, and throws `INCONSISTENT` where that cannot be had; it never repairs.
public interface VolumeMaker {

  /// Makes `volume` on `medium` and opens it for filling.
  VolumeWriter make(Medium medium, NewVolume volume) throws MkfsException;

  /// Opens what [#make] began, for more.
  VolumeWriter resume(Medium medium, NewVolume volume) throws MkfsException;
}
