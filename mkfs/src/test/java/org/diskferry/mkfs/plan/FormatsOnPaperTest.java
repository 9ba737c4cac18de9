package org.diskferry.mkfs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.testing.Tool;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.NewVolume;
import org.diskferry.mkfs.format.Formatter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is free on an empty volume on paper is what its own program makes free.
class FormatsOnPaperTest {
  @TempDir private Path work;

  @ParameterizedTest
  @CsvSource({
    "6, 1",
    "31, 100",
    "130, 20000",
    "500, 0",
    "777, 100000",
    "1500, 3000",
    "5000, 1",
    "20000, 2000000",
    "130000, 5",
    "1000001, 10000000"
  })
  void ext4(long mebibytes, long files) throws Exception {
    Tool.require(FormatsOnPaperTest.class, "mke2fs", "dumpe2fs");
    Path image = make(FileSystem.EXT4, mebibytes << 20, Math.max(1, files));

    long free = figure(Tool.run("dumpe2fs", "-h", image.toString()), "Free blocks:\\s+(\\d+)");

    assertThat(new ExtFormat(mebibytes << 20).free(Math.max(1, files))).isEqualTo(free);
  }

  @ParameterizedTest
  @CsvSource({"20", "199", "200", "201", "700", "5000", "13000", "100000"})
  void ntfs(long mebibytes) throws Exception {
    Tool.require(FormatsOnPaperTest.class, "mkntfs", "ntfscluster");
    Path image = make(FileSystem.NTFS, mebibytes << 20, 0);

    long free =
        figure(Tool.run("ntfscluster", "-f", image.toString()), "bytes of free space\\s*: (\\d+)");

    // 64 records are the system's; on an empty volume the table of files has room for 28.
    long planned = new NtfsPlan(mebibytes << 20).free() + VolumePlan.keptBack(mebibytes << 20);
    assertThat(free - planned).isBetween(0L, 64L << 10);
  }

  private static long figure(String text, String form) {
    Matcher matcher = Pattern.compile(form).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private Path make(FileSystem fileSystem, long bytes, long files) throws Exception {
    Path image = work.resolve("image");
    try (Sparse medium = new Sparse(image, bytes)) {
      NewVolume volume = new NewVolume(fileSystem, "ABCDE", Instant.EPOCH, files);
      Formatter.of(volume).format(medium, volume, Files.createDirectory(work.resolve("folder")));
    }
    return image;
  }

  /// An image that zeros take no room in.
  private static final class Sparse implements BlockDevice {
    private final RandomAccessFile file;
    private final long size;

    private Sparse(Path image, long size) throws IOException {
      this.file = new RandomAccessFile(image.toFile(), "rw");
      this.size = size;
      file.setLength(size);
    }

    @Override
    public void write(long offset, ByteBuffer source) throws MediaException {
      byte[] bytes = new byte[source.remaining()];
      source.get(bytes);
      for (byte b : bytes) {
        if (b != 0) {
          put(offset, bytes);
          return;
        }
      }
    }

    private void put(long offset, byte[] bytes) throws MediaException {
      try {
        file.seek(offset);
        file.write(bytes);
      } catch (IOException e) {
        throw new MediaException(Trouble.GONE, "the image cannot be written", e);
      }
    }

    @Override
    public void read(long offset, ByteBuffer target) throws MediaException {
      throw new MediaException(Trouble.UNREADABLE, "nobody reads what is being formatted");
    }

    @Override
    public void zero(long offset, long length) {}

    @Override
    public void force() {}

    @Override
    public boolean dropCache() {
      return false;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int sectorSize() {
      return 512;
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
