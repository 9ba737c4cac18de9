package org.diskferry.media.fs.ntfs;

import org.diskferry.media.testing.MutantRun;
import org.diskferry.media.testing.MutantShare;
import org.junit.jupiter.api.Test;

/// Thousands of hostile variants of a small volume.
class NtfsMutantsTest {
  @Test
  void noMutantCrashesHangsOrLoops() throws Exception {
    MutantRun.of(SmallDisk.IMAGE.sound(), SmallDisk::readAll).run(MutantShare.NTFS.count());
  }
}
