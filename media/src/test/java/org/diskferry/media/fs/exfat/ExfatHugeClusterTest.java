package org.diskferry.media.fs.exfat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;

/// The largest clusters that there are, of 32 MiB; few files, for the driver clears them all.
class ExfatHugeClusterTest extends ExfatContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    ExfatDisks.require(getClass());
    List<Listing> written = new ArrayList<>();
    Path image =
        ExfatDisks.make(
            folder,
            1L << 30,
            512,
            List.of("-c", "32M"),
            root ->
                written.add(
                    new ContentSet(33)
                        .smallFiles("few", 6, 100_000)
                        .file("one.bin", 40_000_001, ContentSet.Pattern.ZEROS)
                        .writeTo(root)));
    return new MadeDisk(image, written.getFirst());
  }

  @Override
  protected int thrift() {
    return 8;
  }
}
