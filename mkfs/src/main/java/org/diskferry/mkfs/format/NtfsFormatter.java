package org.diskferry.mkfs.format;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.NewVolume;

/// NTFS by `mkntfs`. What it does not write it does not care for.
final class NtfsFormatter implements Formatter {

  @Override
  public void format(BlockDevice medium, NewVolume volume, Path folder) throws MkfsException {
    try (Mould mould = Mould.of(medium.size(), folder)) {
      mould.make(
          List.of(
              "mkntfs",
              "--quiet",
              "--fast",
              "--force",
              "--no-indexing",
              "--label",
              volume.label(),
              "--sector-size",
              Integer.toString(medium.sectorSize()),
              "--partition-start",
              "0",
              "--heads",
              "255",
              "--sectors-per-track",
              "63",
              mould.file().toString()),
          Map.of());
      mould.pour(medium);
    }
  }
}
