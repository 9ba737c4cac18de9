package org.diskferry.tool.disk;

import java.io.IOException;
import java.nio.file.Path;
import org.diskferry.media.block.BlockSource;

/// How a disk or an image is opened for reading.
@FunctionalInterface
interface Opening {

  /// Opens it.
  ///
  /// @throws IOException when it is no device, or in use, with a reason for people
  BlockSource open(Path device) throws IOException;
}
