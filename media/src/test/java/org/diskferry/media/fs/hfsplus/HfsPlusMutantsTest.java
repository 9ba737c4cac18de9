package org.diskferry.media.fs.hfsplus;

import org.diskferry.media.Bounds;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.MutantRun;
import org.diskferry.media.testing.MutantShare;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Thousands of variants of small volumes, changed where a scan or a reader of content reads.
class HfsPlusMutantsTest {
  @ParameterizedTest
  @ValueSource(strings = {"hfsplus-hardlinks", "hfsplus-decmpfs"})
  void noneCrashesOrHoldsAThread(String name) throws Exception {
    MemorySource image = new MemorySource(SmallVolume.bytes(name));
    int half = Math.ceilDiv(MutantShare.HFS.count(), 2);
    MutantRun.of(
            image,
            volume -> TreeSnapshot.of(HfsPlus.open(volume, Bounds.GENEROUS)),
            SmallVolume::readAll)
        .run(half - half / 4);
    MutantRun.of(image, SmallVolume::readAll).run(half / 4);
  }
}
