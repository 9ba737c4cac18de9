package org.diskferry.bench.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import picocli.CommandLine.Option;

/// What benchmarks of whole jobs are asked for: which files, where, beside whom.
public final class WholeOptions {
  @Option(
      names = "--dir",
      description = "where files and disks are made and kept (default: ${DEFAULT-VALUE})")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir"), "diskferry-bench");

  @Option(names = "--large", description = "large files (default: ${DEFAULT-VALUE})")
  private int large = 4;

  @Option(names = "--large-mib", description = "MiB of each (default: ${DEFAULT-VALUE})")
  private int largeMebibytes = 1024;

  @Option(names = "--small", description = "small files (default: ${DEFAULT-VALUE})")
  private int small = 20_000;

  @Option(names = "--rclone", description = "command of rclone; empty to leave it out")
  private String rclone = "rclone";

  @Option(names = "--heap", description = "heap of our process (default: ${DEFAULT-VALUE})")
  private String heap = "256m";

  /// Where files and disks are made and kept.
  public Path directory() {
    return directory;
  }

  /// Large files.
  public int large() {
    return large;
  }

  /// MiB of each.
  public int largeMebibytes() {
    return largeMebibytes;
  }

  /// Small files.
  public int small() {
    return small;
  }

  /// Command of rclone; empty to leave it out.
  public String rclone() {
    return rclone;
  }

  /// Of our process.
  public String heap() {
    return heap;
  }

  /// A fresh folder to work in, below [#directory].
  public Path work(String name) throws IOException {
    Files.createDirectories(directory);
    Path work = Files.createTempDirectory(directory, name);
    // The database server runs as a user of its own and passes through here.
    for (Path passed : List.of(directory, work)) {
      Files.setPosixFilePermissions(passed, PosixFilePermissions.fromString("rwx--x--x"));
    }
    return work;
  }
}
