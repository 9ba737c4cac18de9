package org.diskferry.media.fs.hfsplus;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diskferry.media.testing.Kit;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.tukaani.xz.XZInputStream;

/// The kit's HFS+ disks: formatted by Apple's `newfs_hfs`, filled through Linux's driver, each with
/// the list of what must come out. Some of them lie beside the tests, so that they run everywhere.
public final class HfsPlusDisks {
  private HfsPlusDisks() {}

  /// The disk `name`, unpacked into `folder`; aborts `test` where it is in the kit only and there
  /// is none.
  public static MadeDisk unpack(Class<?> test, Path folder, String name) throws IOException {
    Path image = folder.resolve(name + ".img");
    Path list = folder.resolve(name + ".expected.tsv");
    try (InputStream packed = open(test, name + ".img.xz");
        InputStream in = new XZInputStream(new BufferedInputStream(packed))) {
      Files.copy(in, image);
    }
    try (InputStream in = open(test, list.getFileName().toString())) {
      Files.copy(in, list);
    }
    return new MadeDisk(image, Listing.ofTsv(list));
  }

  /// What is no plain file on the disk `name`: kind, path, target.
  static List<List<String>> others(Class<?> test, String name) throws IOException {
    try (InputStream in = open(test, name + ".other.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> List.of(line.split("\t", -1)))
          .toList();
    }
  }

  private static InputStream open(Class<?> test, String file) throws IOException {
    InputStream own = HfsPlusDisks.class.getResourceAsStream(file);
    return own != null ? own : Files.newInputStream(Kit.file(test, "images/" + file));
  }
}
