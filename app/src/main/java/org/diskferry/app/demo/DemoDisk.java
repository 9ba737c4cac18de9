package org.diskferry.app.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Makes a disk with the real tools: a GPT by `sfdisk`, an ext4 file system by `mke2fs`, filled
/// from a folder without being mounted.
final class DemoDisk {
  private static final int SECTOR = 512;
  private static final int BLOCK = 4096;
  private static final long FIRST_SECTOR = 2048;

  /// What a GPT keeps for its copy at the end, rounded up to a mebibyte.
  private static final long TAIL_SECTORS = 2048;

  private DemoDisk() {}

  static void make(Path image, long size, Path tree) throws IOException, InterruptedException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(size);
    }
    long sectors = size / SECTOR - FIRST_SECTOR - TAIL_SECTORS;
    run(
        "label: gpt\nstart=%d, size=%d, type=linux, name=\"Demo\"\n"
            .formatted(FIRST_SECTOR, sectors),
        List.of("sfdisk", "--quiet", image.toString()));
    run(
        "",
        List.of(
            "mke2fs",
            "-q",
            "-F",
            "-t",
            "ext4",
            "-b",
            Integer.toString(BLOCK),
            "-L",
            "Demo",
            "-d",
            tree.toString(),
            "-E",
            "offset=" + FIRST_SECTOR * SECTOR,
            image.toString(),
            Long.toString(sectors * SECTOR / BLOCK)));
  }

  private static void run(String input, List<String> command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command.getFirst() + " failed: " + said);
    }
  }
}
