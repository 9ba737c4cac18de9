package org.diskferry.mkfs.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.Extent;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.TreeSnapshot;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.NewVolume;
import org.diskferry.mkfs.Reservation;
import org.diskferry.mkfs.VolumeWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract of [VolumeWriter], for every file system; read back by our own readers, and judged
/// by whatever else a subclass has.
abstract class VolumeWriterContract {
  protected static final Instant MODIFIED = Instant.parse("2009-02-03T21:57:43Z");
  private static final long SIZE = 48L << 20;

  @TempDir protected Path work;
  protected Path image;
  protected Path folder;

  private final Map<String, Listing.Row> expected = new TreeMap<>();

  /// Which file system it makes.
  protected abstract FileSystem fileSystem();

  /// Our reader of that file system.
  protected abstract FileTree open(BlockSource volume) throws MediaException;

  /// Lets other programs say whether the volume is sound, and holds the same.
  protected abstract void judge(Path image, Listing expected) throws Exception;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(work.resolve("folder"));
    image = image(SIZE);
  }

  // Full of garbage: nothing may be taken for granted about what a disk held before.
  private Path image(long bytes) throws IOException {
    Path made = work.resolve("image");
    byte[] garbage = new byte[1 << 20];
    new Random(7).nextBytes(garbage);
    try (RandomAccessFile file = new RandomAccessFile(made.toFile(), "rw")) {
      for (long at = 0; at < bytes; at += garbage.length) {
        file.write(garbage, 0, (int) Math.min(garbage.length, bytes - at));
      }
    }
    return made;
  }

  /// A volume of this test's kind.
  protected NewVolume volume() {
    return new NewVolume(fileSystem(), "ABCDE", MODIFIED, 5000);
  }

  @Test
  void filesOfEverySizeComeBackBitForBit() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image);
        VolumeWriter writer = new ChildVolumes().make(device, volume(), folder)) {
      for (int size :
          List.of(0, 1, 10, 300, 700, 1023, 4095, 4096, 4097, 65_536, 1_000_001, 5 << 20)) {
        put(writer, "sizes/" + size + ".bin", bytes(size));
      }
      put(writer, "a.txt", bytes(3));
      put(writer, "deep/er/and/deep/er/still/file", bytes(5000));
    }

    check();
  }

  @Test
  void namesAreKeptAsTheyAre() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image);
        VolumeWriter writer = new ChildVolumes().make(device, volume(), folder)) {
      for (String name :
          List.of(
              "Ünï ☃ 日本語 \uD83D\uDE00",
              " leading",
              "$MFT",
              ".hidden",
              "lost+found2",
              "x".repeat(255),
              "cafe\u0301",
              "caf\u00e9")) {
        put(writer, "names/" + name, bytes(10));
      }
    }

    check();
  }

  @Test
  void aFileMayBeDatedBeforeItIsFinished() throws Exception {
    Instant later = Instant.parse("2037-12-31T23:59:58Z");
    try (BlockDevice device = Devices.openExclusively(image);
        VolumeWriter writer = new ChildVolumes().make(device, volume(), folder)) {
      for (int size : List.of(0, 20, 100_000)) {
        byte[] content = bytes(size);
        long file = reserve(writer, "dated/" + size, size);
        write(writer, file, content);
        writer.date(file, later);
        writer.finish(file);
        expected.put("dated/" + size, Listing.row(content, later.getEpochSecond()));
      }
    }

    check();
  }

  @Test
  void manyFilesOfOneDirectoryAreAllThere() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image);
        VolumeWriter writer = new ChildVolumes().make(device, volume(), folder)) {
      for (int i = 0; i < 3000; i++) {
        put(writer, "many/file number %05d.dat".formatted(i), bytes(i % 900));
      }
    }

    check();
  }

  @Test
  void filesMayBeWrittenAllAtOnceFromManyThreads() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image);
        VolumeWriter writer = new ChildVolumes().make(device, volume(), folder)) {
      List<Thread> threads = new ArrayList<>();
      List<Throwable> failures = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        byte[] content = bytes(100_000 + i * 1111);
        String path = "t/" + i;
        expect(path, content);
        long file = reserve(writer, path, content.length);
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    writeBackwards(writer, file, content);
                    writer.finish(file);
                  } catch (MkfsException | RuntimeException e) {
                    synchronized (failures) {
                      failures.add(e);
                    }
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failures).isEmpty();
    }

    check();
  }

  @Test
  void whatIsWithdrawnOrRemovedIsNotThereAndLeavesItsRoom() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image);
        VolumeWriter writer = new ChildVolumes().make(device, volume(), folder)) {
      put(writer, "kept", bytes(100_000));
      long free = writer.free();
      long file = reserve(writer, "not kept", 4 << 20);
      writer.withdraw(file);
      put(writer, "removed", bytes(2 << 20));
      expected.remove("removed");
      assertThat(writer.remove(path("removed"))).isTrue();
      assertThat(writer.remove(path("removed"))).isFalse();
      assertThat(writer.free()).isGreaterThan(free - (64 << 10));
      put(writer, "after", bytes(200_000));
    }

    check();
  }

  @Test
  void removingWhatIsNoFinishedFileChangesNothing() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image);
        VolumeWriter writer = new ChildVolumes().make(device, volume(), folder)) {
      put(writer, "directory/file", bytes(100_000));
      put(writer, "beside", bytes(100));
      long unfinished = reserve(writer, "directory/unfinished", 5000);
      long free = writer.free();

      for (String nothing :
          List.of(
              "nothing",
              "directory",
              "directory/nothing",
              "directory/unfinished",
              "no directory/file",
              "beside/file",
              "$MFT",
              "$Extend/$ObjId",
              "lost+found")) {
        assertThat(writer.remove(path(nothing))).as(nothing).isFalse();
      }

      assertThat(writer.free()).isEqualTo(free);
      write(writer, unfinished, bytes(5000));
      writer.finish(unfinished);
      expect("directory/unfinished", bytes(5000));
      put(writer, "after", bytes(70_000));
    }

    check();
  }

  @Test
  void whatIsFinishedUnwrittenHasTheBytesThatTheMediumHas() throws Exception {
    int size = (7 << 20) + 4096 + 10;
    try (BlockDevice device = Devices.openExclusively(image)) {
      try (VolumeWriter writer = new ChildVolumes().make(device, volume(), folder)) {
        put(writer, "before", bytes(10_000));
        long file = reserve(writer, "directory/unwritten", size);
        writer.finishUnwritten(file);
        put(writer, "after", bytes(300_000));
      }
      byte[] content = bytes(size);
      overwrite(device, "unwritten", content);
      expect("directory/unwritten", content);
    }

    check();
  }

  // Past the volume, as its reader says where the file is: what was there was garbage.
  private void overwrite(BlockDevice device, String name, byte[] content) throws MediaException {
    FileTree tree = open(device);
    List<Long> ids = new ArrayList<>();
    tree.scan(
        new FileTree.Visitor() {
          @Override
          public void node(Node node) {}

          @Override
          public void link(Link link) {
            if (link.name().toString().equals(name)) {
              ids.add(link.child());
            }
          }

          @Override
          public void damage(Damage damage) {}
        });
    assertThat(ids).hasSize(1);
    Content.Extents extents = (Content.Extents) tree.content(ids.getFirst());
    assertThat(extents.size()).isEqualTo(content.length);
    assertThat(extents.runs().stream().mapToLong(Extent::length).sum()).isEqualTo(content.length);
    for (Extent run : extents.runs()) {
      device.write(
          run.physical(), ByteBuffer.wrap(content, (int) run.logical(), (int) run.length()));
    }
  }

  @Test
  void whatTheMetadataHoldsCannotBeFinishedUnwritten() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image);
        VolumeWriter writer = new ChildVolumes().make(device, volume(), folder)) {
      long unwritten = reserve(writer, "unwritten", 100);
      if (fileSystem() == FileSystem.NTFS) {
        assertThatThrownBy(() -> writer.finishUnwritten(unwritten))
            .isInstanceOf(IllegalStateException.class);
      }
      write(writer, unwritten, bytes(100));
      writer.finish(unwritten);
      expect("unwritten", bytes(100));
    }

    check();
  }

  @Test
  void whatWasReservedHasRoomUntilTheVolumeIsFull() throws Exception {
    List<Long> files = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    try (BlockDevice device = Devices.openExclusively(image);
        VolumeWriter writer = new ChildVolumes().make(device, volume(), folder)) {
      while (true) {
        byte[] content = bytes(700_000 + 13 * files.size());
        String path = "full/%03d".formatted(files.size());
        Reservation reservation = writer.reserve(path(path), content.length, MODIFIED);
        if (!(reservation instanceof Reservation.Reserved(long file))) {
          assertThat(reservation).isEqualTo(new Reservation.Full());
          break;
        }
        expect(path, content);
        files.add(file);
        contents.add(content);
      }
      // A smaller one that still fits is the caller's business.
      for (int i = 0; i < files.size(); i++) {
        write(writer, files.get(i), contents.get(i));
        writer.finish(files.get(i));
      }
    }

    assertThat(files).hasSizeGreaterThan(20);
    check();
  }

  @Test
  void aVolumeFillsUpByNamesAlone() throws Exception {
    int count = 0;
    try (BlockDevice device = Devices.openExclusively(image);
        VolumeWriter writer = new ChildVolumes().make(device, volume(), folder)) {
      // Most of the room goes first.
      for (int i = 0; writer.free() > 3 << 20; i++) {
        put(writer, "big/" + i, bytes(1 << 20));
      }
      Reservation reservation = new Reservation.Reserved(0);
      while (reservation instanceof Reservation.Reserved) {
        String path = "names/" + "n".repeat(200) + count;
        reservation = writer.reserve(path(path), 0, MODIFIED);
        if (reservation instanceof Reservation.Reserved(long file)) {
          writer.finish(file);
          expect(path, new byte[0]);
          count++;
        }
      }
      assertThat(reservation).isEqualTo(new Reservation.Full());
    }

    check();
  }

  @Test
  void aSuddenEndLeavesWhatWasFinishedBeforeTheLastCheckpoint() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image)) {
      VolumeWriter writer = new ChildVolumes().make(device, volume(), folder);
      for (int i = 0; i < 50; i++) {
        put(writer, "before/" + i, bytes(20_000 + i));
      }
      long half = reserve(writer, "on its way", 1 << 20);
      writer.write(half, 0, ByteBuffer.wrap(bytes(1 << 19)));
      writer.checkpoint();
      for (int i = 0; i < 50; i++) {
        put(writer, "after/" + i, bytes(20_000 + i));
      }
      expected.keySet().removeIf(path -> path.startsWith("after/"));
      ((FilledVolume) writer).killChild();
      try (VolumeWriter again = new ChildVolumes().resume(device, volume(), folder)) {
        put(again, "then", bytes(300_000));
      }
    }

    check();
  }

  @Test
  void theChildsEndIsAFailureThatStays() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image)) {
      VolumeWriter writer = new ChildVolumes().make(device, volume(), folder);
      ((FilledVolume) writer).killChild();

      assertThatThrownBy(() -> reserve(writer, "a", 10)).isInstanceOf(MkfsException.class);
      assertThatThrownBy(writer::checkpoint).isInstanceOf(MkfsException.class);
      writer.close();
    }
  }

  @Test
  void aFileThatLacksBytesCannotBeFinished() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image);
        VolumeWriter writer = new ChildVolumes().make(device, volume(), folder)) {
      long file = reserve(writer, "short", 10_000);
      writer.write(file, 0, ByteBuffer.wrap(bytes(4096)));

      assertThatThrownBy(() -> writer.finish(file)).isInstanceOf(IllegalStateException.class);
    }

    check();
  }

  @Test
  void whatNobodyMadeCannotBeGoneOnWith() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image)) {
      assertThatThrownBy(() -> new ChildVolumes().resume(device, volume(), folder))
          .isInstanceOfSatisfying(
              MkfsException.class,
              e -> assertThat(e.trouble()).isEqualTo(MkfsException.Trouble.INCONSISTENT));
    }
  }

  @Test
  void aVolumeMayBeFilledInSeveralSittings() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image)) {
      try (VolumeWriter writer = new ChildVolumes().make(device, volume(), folder)) {
        put(writer, "one/a", bytes(10_000));
      }
      try (VolumeWriter writer = new ChildVolumes().resume(device, volume(), folder)) {
        put(writer, "one/b", bytes(10_000));
      }
    }

    check();
  }

  private void check() throws Exception {
    Listing wanted = new Listing(new TreeMap<>(expected));
    assertThat(read().files()).isEqualTo(wanted.files());
    judge(image, wanted);
  }

  private Listing read() throws IOException, MediaException {
    try (FileSource source = FileSource.open(image)) {
      FileTree tree = open(source);
      assertThat(tree.volume().label()).isEqualTo("ABCDE");
      assertThat(tree.volume().state()).isEqualTo(Volume.State.CLEAN);
      TreeSnapshot snapshot = TreeSnapshot.of(tree);
      Coverage coverage = tree.coverage();
      assertThat(coverage.missing()).isZero();
      assertThat(coverage.contested()).isEmpty();
      assertThat(snapshot.damages()).isEmpty();
      assertThat(snapshot.orphans()).isEmpty();
      return snapshot.files(tree, source);
    }
  }

  private void put(VolumeWriter writer, String path, byte[] content) throws MkfsException {
    long file = reserve(writer, path, content.length);
    write(writer, file, content);
    writer.finish(file);
    expect(path, content);
  }

  private void expect(String path, byte[] content) {
    expected.put(path, Listing.row(content, MODIFIED.getEpochSecond()));
  }

  private static FilePath path(String path) {
    return new FilePath(List.of(path.split("/")));
  }

  private static long reserve(VolumeWriter writer, String path, long size) throws MkfsException {
    Reservation reservation = writer.reserve(path(path), size, MODIFIED);
    assertThat(reservation).as(path).isInstanceOf(Reservation.Reserved.class);
    return ((Reservation.Reserved) reservation).file();
  }

  private static void write(VolumeWriter writer, long file, byte[] content) throws MkfsException {
    if (content.length > 0) {
      writer.write(file, 0, ByteBuffer.wrap(content));
    }
  }

  private static void writeBackwards(VolumeWriter writer, long file, byte[] content)
      throws MkfsException {
    int part = 16 << 10;
    for (int i = Math.ceilDiv(content.length, part) - 1; i >= 0; i--) {
      int length = Math.min(part, content.length - i * part);
      writer.write(file, (long) i * part, ByteBuffer.wrap(content, i * part, length));
    }
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
