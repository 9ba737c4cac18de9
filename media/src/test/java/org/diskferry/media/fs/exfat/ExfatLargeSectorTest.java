package org.diskferry.media.fs.exfat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;

/// Sectors of 4 KiB, clusters of 32 KiB.
class ExfatLargeSectorTest extends ExfatContract {
  @Override
  protected MadeDisk make(Path folder) throws Exception {
    ExfatDisks.require(getClass());
    List<Listing> written = new ArrayList<>();
    Path image =
        ExfatDisks.make(
            folder,
            128 << 20,
            4096,
            List.of("-c", "32K"),
            root -> written.add(ContentSet.standard(32).writeTo(root)));
    return new MadeDisk(image, written.getFirst());
  }

  @Override
  protected int thrift() {
    return 4;
  }
}
