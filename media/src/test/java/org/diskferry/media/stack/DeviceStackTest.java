package org.diskferry.media.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole devices, put together by the real tools.
class DeviceStackTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void aFileSystemThatFillsTheDeviceIsFoundWithoutATable() throws Exception {
    Path image = ntfs("whole.img", 8);

    try (FileSource source = FileSource.open(image)) {
      DeviceStack stack = DeviceStack.open(source, Bounds.TIGHT);

      assertThat(stack.contents()).isInstanceOf(Contents.Files.class);
      assertThat(stack.volumes()).singleElement().extracting(DataVolume::number).isEqualTo(0);
      assertThat(stack.unread()).isEmpty();
    }
  }

  @Test
  void eachDataPartitionIsAVolumeAndOtherPartitionsAreNot() throws Exception {
    Path image =
        disk(
            """
            label: gpt
            start=2048, size=8192, type=uefi
            start=10240, size=2048, type=E3C9E316-0B5C-4DB8-817D-F92DF00215AE
            start=20480, size=16384, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7
            start=40960, size=16384, type=linux
            start=61440, size=2048, type=swap
            """);
    lay(ntfs("part.img", 8), image, 20480);
    lay(ntfs("part2.img", 8), image, 40960);

    try (FileSource source = FileSource.open(image)) {
      DeviceStack stack = DeviceStack.open(source, Bounds.TIGHT);

      assertThat(stack.volumes()).extracting(DataVolume::number).containsExactly(3, 4);
      assertThat(stack.volumes().get(0).start()).isEqualTo(20480L * 512);
      assertThat(stack.unread()).isEmpty();
    }
  }

  @Test
  void theUnitIsChosenInWhichPartitionsBeginWithSomethingKnown() throws Exception {
    Path image = folder.resolve("large.img");
    grow(image, 64);
    Tool.run(
        "sh", "-c", "printf 'o\\nn\\np\\n1\\n512\\n+2047\\nt\\n7\\nw\\n' | fdisk -b 4096 " + image);
    lay(ntfs("part.img", 8), image, 512 * 8);

    try (FileSource source = FileSource.open(image)) {
      DeviceStack stack = DeviceStack.open(source, Bounds.TIGHT);

      assertThat(stack.volumes())
          .singleElement()
          .extracting(DataVolume::start)
          .isEqualTo(512L * 4096);
    }
  }

  @Test
  void whatIsNotSupportedIsNamedWithWhatToDo() throws Exception {
    Path image = folder.resolve("xfs.img");
    grow(image, 4);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.write("XFSB".getBytes(StandardCharsets.US_ASCII));
    }

    try (FileSource source = FileSource.open(image)) {
      assertThat(DeviceStack.open(source, Bounds.TIGHT).unread())
          .singleElement()
          .asString()
          .startsWith("the device holds XFS, which is not supported: copy the files");
    }
  }

  @Test
  void randomBytesATinyFileAndAnEmptyDiskAreToldApart() throws Exception {
    byte[] noise = new byte[MIB];
    new Random(5).nextBytes(noise);
    assertThat(contentsOf(noise)).isInstanceOf(Contents.Unknown.class);
    assertThat(contentsOf(new byte[16])).isInstanceOf(Contents.Empty.class);
    assertThat(contentsOf("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(Contents.Unknown.class);
    assertThat(contentsOf(new byte[0])).isInstanceOf(Contents.Empty.class);
    assertThat(contentsOf(new byte[MIB])).isInstanceOf(Contents.Empty.class);
  }

  private Contents contentsOf(byte[] bytes) throws Exception {
    Path image = Files.write(folder.resolve("bytes.img"), bytes);
    try (FileSource source = FileSource.open(image)) {
      return DeviceStack.open(source, Bounds.TIGHT).contents();
    }
  }

  private Path ntfs(String name, int mebibytes) throws Exception {
    Tool.require(DeviceStackTest.class, "mkntfs");
    Path image = folder.resolve(name);
    grow(image, mebibytes);
    Tool.run("mkntfs", "-Q", "-F", "-q", image.toString());
    return image;
  }

  private Path disk(String script) throws Exception {
    Path image = folder.resolve("disk.img");
    grow(image, 64);
    Path input = Files.writeString(folder.resolve("script"), script);
    Tool.run("sh", "-c", "sfdisk --quiet " + image + " < " + input);
    return image;
  }

  private static void grow(Path image, int mebibytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength((long) mebibytes * MIB);
    }
  }

  private static void lay(Path part, Path disk, long sector) throws IOException {
    try (FileChannel from = FileChannel.open(part);
        FileChannel to = FileChannel.open(disk, StandardOpenOption.WRITE)) {
      to.position(sector * 512);
      from.transferTo(0, from.size(), to);
    }
  }
}
