package org.diskferry.station.dock;

import java.io.IOException;
import java.nio.file.Path;
import org.diskferry.media.block.BlockDevice;

/// How the device in a bay is opened: exclusively, for reading and writing.
@FunctionalInterface
public interface Opening {

  /// Opens it.
  ///
  /// @throws IOException when it is in use, or no device, with a reason for the operator
  BlockDevice open(Path path) throws IOException;
}
