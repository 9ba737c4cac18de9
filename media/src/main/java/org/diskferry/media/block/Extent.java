package org.diskferry.media.block;

/// A run of bytes of a file that lies in one piece on its volume.
///
/// @param logical first byte within the file
/// @param physical first byte within the volume's [BlockSource]
/// @param length bytes, positive
public record Extent(long logical, long physical, long length) {

  /// Checks the signs and that neither end overflows.
  public Extent {
    if (logical < 0 || physical < 0 || length <= 0) {
      throw new IllegalArgumentException("extent " + logical + "+" + physical + "+" + length);
    }
    Math.addExact(logical, length);
    Math.addExact(physical, length);
  }

  /// First byte of the file after this run.
  public long logicalEnd() {
    return logical + length;
  }

  /// First byte of the volume after this run.
  public long physicalEnd() {
    return physical + length;
  }
}
