package org.diskferry.mkfs.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.crypt.Program;
import org.diskferry.media.crypt.Stop;
import org.diskferry.media.crypt.Unlocking;
import org.diskferry.media.crypt.XtsDevice;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.stack.Hints;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.NewVolume;
import org.diskferry.mkfs.Reservation;
import org.diskferry.mkfs.VolumeWriter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A file system inside an encrypted volume: both are ours, and the child never had the key.
class EncryptedVolumeTest {
  private static final String PASSWORD = "SimpleButEasilyCrackedEXAMPLE";
  private static final Instant MODIFIED = Instant.parse("2009-02-03T21:57:43Z");
  private static final long SIZE = 40L << 20;

  @TempDir private Path work;

  @ParameterizedTest
  @CsvSource({"NTFS, TRUECRYPT", "EXT4, TRUECRYPT", "EXT4, VERACRYPT"})
  void whatIsWrittenThroughTheCipherIsReadThroughTheStack(FileSystem fileSystem, Program program)
      throws Exception {
    Tool.require(EncryptedVolumeTest.class, "mkntfs", "ntfsfix", "mke2fs", "e2fsck");
    Path image = work.resolve("image");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(SIZE);
    }
    TreeMap<String, Listing.Row> expected = new TreeMap<>();
    Path plain = work.resolve("plain");
    try (BlockDevice host = Devices.openExclusively(image);
        XtsDevice inside =
            org.diskferry.media.crypt.NewVolume.of(program, new SecureRandom())
                .create(host, PASSWORD.getBytes(UTF_8))) {
      Path folder = Files.createDirectory(work.resolve("folder"));
      NewVolume volume = new NewVolume(fileSystem, "ABCDE", MODIFIED, 100);
      try (VolumeWriter writer = new ChildVolumes().make(inside, volume, folder)) {
        for (int i = 0; i < 60; i++) {
          byte[] content = new byte[i * i * 300 + i];
          new Random(i).nextBytes(content);
          put(writer, "files/" + i, content);
          expected.put("files/" + i, Listing.row(content, MODIFIED.getEpochSecond()));
        }
      }
      copy(inside, plain);
    }

    if (fileSystem == FileSystem.NTFS) {
      Tool.run("ntfsfix", "-n", plain.toString());
    } else {
      Tool.run("e2fsck", "-fn", plain.toString());
    }
    assertThat(read(image).files()).isEqualTo(expected);
  }

  private static void put(VolumeWriter writer, String path, byte[] content) throws Exception {
    Reservation reservation =
        writer.reserve(new FilePath(List.of(path.split("/"))), content.length, MODIFIED);
    assertThat(reservation).isInstanceOf(Reservation.Reserved.class);
    long file = ((Reservation.Reserved) reservation).file();
    if (content.length > 0) {
      writer.write(file, 0, ByteBuffer.wrap(content));
    }
    writer.finish(file);
  }

  private static void copy(BlockSource from, Path to) throws Exception {
    try (FileChannel channel =
        FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer piece = ByteBuffer.allocate(1 << 20);
      for (long at = 0; at < from.size(); at += piece.capacity()) {
        piece.clear().limit((int) Math.min(piece.capacity(), from.size() - at));
        from.read(at, piece);
        channel.write(piece.flip(), at);
      }
    }
  }

  private static Listing read(Path image) throws Exception {
    try (BlockSource device = Devices.openForReading(image);
        Unlocking unlocking = Unlocking.with(PASSWORD.getBytes(UTF_8), 0, Stop.NEVER)) {
      DeviceStack stack = DeviceStack.open(device, Bounds.GENEROUS, new Hints(unlocking, ""));
      DataVolume volume = stack.volumes().getFirst();
      return TreeSnapshot.of(volume.tree()).files(volume.tree(), volume.bytes());
    }
  }
}
