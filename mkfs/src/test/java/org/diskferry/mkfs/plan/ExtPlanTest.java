package org.diskferry.mkfs.plan;

import java.nio.file.Path;
import org.diskferry.media.testing.Tool;
import org.diskferry.mkfs.FileSystem;
import org.junit.jupiter.api.BeforeEach;

class ExtPlanTest extends VolumePlanContract {

  @BeforeEach
  void needsTools() {
    Tool.require(ExtPlanTest.class, "mke2fs", "e2fsck");
  }

  @Override
  protected FileSystem fileSystem() {
    return FileSystem.EXT4;
  }

  @Override
  protected void judge(Path partition) throws Exception {
    Tool.run("e2fsck", "-fn", partition.toString());
  }
}
