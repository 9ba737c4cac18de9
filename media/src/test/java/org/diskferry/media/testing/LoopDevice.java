package org.diskferry.media.testing;

import java.io.IOException;
import java.nio.file.Path;

/// An image as a block device of the kernel's, as long as it is open; needs root.
///
/// @param device its path
public record LoopDevice(String device) implements AutoCloseable {

  /// Attaches `image` with sectors of `sectorSize` bytes.
  public static LoopDevice attach(Path image, int sectorSize)
      throws IOException, InterruptedException {
    String size = String.valueOf(sectorSize);
    return new LoopDevice(
        Tool.run("losetup", "--find", "--show", "-b", size, image.toString()).strip());
  }

  @Override
  public void close() throws IOException {
    try {
      Tool.run("losetup", "-d", device);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(device + " was left attached", e);
    }
  }
}
