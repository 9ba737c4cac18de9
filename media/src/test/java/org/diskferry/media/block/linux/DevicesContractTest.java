package org.diskferry.media.block.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.testing.BlockDeviceContract;

/// An image file that may be written.
class DevicesContractTest extends BlockDeviceContract {
  @Override
  protected BlockDevice device(byte[] content, Path folder) throws Exception {
    return Devices.openExclusively(Files.write(folder.resolve("image"), content));
  }
}
