package org.diskferry.mkfs.plan;

import java.nio.file.Path;
import org.diskferry.media.testing.Tool;
import org.diskferry.mkfs.FileSystem;
import org.junit.jupiter.api.BeforeEach;

class NtfsPlanTest extends VolumePlanContract {

  @BeforeEach
  void needsTools() {
    Tool.require(NtfsPlanTest.class, "mkntfs", "ntfsfix");
  }

  @Override
  protected FileSystem fileSystem() {
    return FileSystem.NTFS;
  }

  @Override
  protected void judge(Path partition) throws Exception {
    Tool.run("ntfsfix", "-n", partition.toString());
  }
}
