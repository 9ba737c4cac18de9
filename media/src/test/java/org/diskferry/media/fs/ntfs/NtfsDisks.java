package org.diskferry.media.fs.ntfs;

import java.io.IOException;
import java.nio.file.Path;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.Tool;

/// NTFS volumes as mkntfs makes them and ntfs-3g fills them.
final class NtfsDisks {
  private NtfsDisks() {}

  static void require(Class<?> test) {
    Tool.requireToMount(test, "mkntfs", "ntfs-3g", "setfattr");
  }

  /// An empty volume of `bytes` with clusters of `clusterSize`, labelled.
  static Path format(Path folder, long bytes, int clusterSize, int sectorSize)
      throws IOException, InterruptedException {
    return MadeDisk.format(
        folder.resolve("ntfs.img"),
        bytes,
        "mkntfs",
        "-Q",
        "-F",
        "-q",
        "-c",
        String.valueOf(clusterSize),
        "-s",
        String.valueOf(sectorSize),
        "-L",
        "Größe 😀");
  }

  static Mount mount(Path image) throws IOException, InterruptedException {
    return mount(image, "xattr");
  }

  /// @param streams how streams are shown: `xattr`, or `windows` as `file:stream`
  static Mount mount(Path image, String streams) throws IOException, InterruptedException {
    return Mount.fuse(
        image,
        image.resolveSibling("mounted"),
        "ntfs-3g",
        "-o",
        "no_detach,compression,big_writes,streams_interface=" + streams);
  }
}
