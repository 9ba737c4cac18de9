package org.diskferry.media.fs.ext;

import org.diskferry.media.testing.MutantRun;
import org.diskferry.media.testing.MutantShare;
import org.junit.jupiter.api.Test;

/// Thousands of hostile variants of a small volume without checksums, so that what was changed is
/// believed, and with a journal that waits.
class ExtMutantsTest {
  @Test
  void noMutantCrashesHangsOrLoops() throws Exception {
    MutantRun.of(SmallDisk.source(), SmallDisk::readAll).run(MutantShare.EXT.count());
  }
}
