package org.diskferry.media.fs.exfat;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.testing.LoopDevice;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.Tool;

/// exFAT volumes as mkfs.exfat makes them and exfat-fuse fills them, which needs a loop device.
public final class ExfatDisks {
  static final String LABEL = "Größe";

  private ExfatDisks() {}

  /// Aborts `test` unless the tools are there, and may be used.
  public static void require(Class<?> test) {
    Tool.requireToMount(test, "mkfs.exfat", "mount.exfat-fuse", "losetup");
  }

  /// Fills a mounted volume.
  @FunctionalInterface
  public interface Filling {
    /// Writes below `root`.
    void fill(Path root) throws Exception;
  }

  /// Formats an image of `bytes` in sectors of `sectorSize` and fills it.
  public static Path make(
      Path folder, long bytes, int sectorSize, List<String> options, Filling filling)
      throws Exception {
    Path image = folder.resolve("exfat.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    List<String> format = new ArrayList<>(List.of("mkfs.exfat", "-L", LABEL));
    format.addAll(options);
    try (LoopDevice loop = LoopDevice.attach(image, sectorSize)) {
      format.add(loop.device());
      Tool.run(format);
      mounted(loop, folder.resolve("mounted"), filling);
    }
    return image;
  }

  /// Fills what was made before.
  static void refill(Path image, Filling filling) throws Exception {
    try (LoopDevice loop = LoopDevice.attach(image, 512)) {
      mounted(loop, image.resolveSibling("again"), filling);
    }
  }

  private static void mounted(LoopDevice loop, Path at, Filling filling) throws Exception {
    String program = "mount.exfat-fuse";
    try (Mount mount = Mount.fuse(Path.of(loop.device()), at, "env", "TZ=UTC", program, "-d")) {
      filling.fill(mount.root());
    }
  }
}
