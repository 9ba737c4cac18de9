package org.diskferry.media.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.RescueLimits;
import org.diskferry.media.block.RescuingSource;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.exfat.ExfatDisks;
import org.diskferry.media.fs.fat.FatDisks;
import org.diskferry.media.fs.hfsplus.HfsPlusDisks;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.Mount;
import org.diskferry.media.testing.Tool;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every sector of a small disk fails in turn. Where a file's content lies, as The Sleuth Kit has
/// it, exactly that file is hurt, in exactly those bytes; anywhere else nothing is lost in silence:
/// every file is delivered with its bytes, or named, or below a directory that is named.
class EverySectorTest {
  private static final int SECTOR = 512;
  private static final int SIZE = 4 << 20;

  /// FAT32 has at least 65,525 clusters.
  private static final int LEAST_FAT32 = 34 << 20;

  @TempDir private Path folder;

  /// One kind of disk.
  ///
  /// @param unit bytes of what The Sleuth Kit's addresses count
  /// @param strange files with several names, which The Sleuth Kit does not list as such
  /// @param fatal sectors that may cost the whole volume, at most: what the format keeps only once
  /// @param made writes a tree to an image, of 4 MiB where it can choose
  record Kind(String name, int unit, int strange, int fatal, Making made) {
    @Override
    public String toString() {
      return name;
    }
  }

  /// Makes an image of a tree, or takes one that comes with its own.
  @FunctionalInterface
  interface Making {
    MadeDisk make(Path tree, Path image) throws Exception;
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind("ext4", 1024, 0, 4, (tree, image) -> ext(tree, image, "ext4")),
        new Kind("ext2", 1024, 0, 4, (tree, image) -> ext(tree, image, "ext2")),
        new Kind("NTFS", 4096, 0, 0, EverySectorTest::ntfs),
        new Kind("FAT12", SECTOR, 0, 1, (tree, image) -> fat(tree, image, SIZE, "12", "4")),
        new Kind("FAT16", SECTOR, 0, 1, (tree, image) -> fat(tree, image, SIZE, "16", "1")),
        new Kind("FAT32", SECTOR, 0, 0, (tree, image) -> fat(tree, image, LEAST_FAT32, "32", "1")),
        new Kind("exFAT", SECTOR, 0, 0, EverySectorTest::exfat),
        new Kind("HFSX", 1024, 0, 0, (_, image) -> hfs(image, "hfsx")),
        new Kind("HFS+ links", 4096, 12, 0, (_, image) -> hfs(image, "hfsplus-hardlinks")));
  }

  private static MadeDisk ext(Path tree, Path image, String type) throws Exception {
    Tool.require(EverySectorTest.class, "mke2fs");
    MadeDisk.format(
        image, SIZE, "mke2fs", "-q", "-F", "-t", type, "-b", "1024", "-d", tree.toString());
    return of(tree, image);
  }

  private static MadeDisk ntfs(Path tree, Path image) throws Exception {
    Tool.requireToMount(EverySectorTest.class, "mkntfs", "ntfs-3g");
    MadeDisk.format(image, SIZE, "mkntfs", "-Q", "-F", "-q", "-c", "4096");
    Path root = image.resolveSibling("mounted");
    try (Mount mount = Mount.fuse(image, root, "ntfs-3g", "-o", "no_detach")) {
      Tool.run("cp", "-a", tree + "/.", mount.root().toString());
    }
    return of(tree, image);
  }

  private static MadeDisk fat(
      Path tree, Path image, int size, String kind, String sectorsPerCluster) throws Exception {
    FatDisks.require(EverySectorTest.class);
    MadeDisk.format(image, size, "mkfs.fat", "-F", kind, "-s", sectorsPerCluster);
    FatDisks.copy(image, tree);
    return of(tree, image);
  }

  private static MadeDisk exfat(Path tree, Path image) throws Exception {
    ExfatDisks.require(EverySectorTest.class);
    Path made =
        ExfatDisks.make(
            image.getParent(),
            SIZE,
            SECTOR,
            List.of(),
            root -> Tool.run("cp", "-a", tree + "/.", root.toString()));
    return of(tree, made);
  }

  private static MadeDisk hfs(Path image, String name) throws Exception {
    return HfsPlusDisks.unpack(EverySectorTest.class, image.getParent(), name);
  }

  private static MadeDisk of(Path tree, Path image) throws IOException {
    return new MadeDisk(image, Listing.ofDirectory(tree));
  }

  // Some directories of more than a block, files of every size, holes.
  private Path tree() throws IOException {
    Path tree = folder.resolve("tree");
    Random random = new Random(7);
    for (String directory : List.of("", "d", "d/e", "d/e/f", "many")) {
      Files.createDirectories(tree.resolve(directory));
      for (int i = 0; i < (directory.equals("many") ? 40 : 5); i++) {
        byte[] content = new byte[random.nextInt(3) * 5_000 + random.nextInt(900)];
        random.nextBytes(content);
        Path file = tree.resolve(directory).resolve("file " + i + " with a name of some length");
        Files.write(file, content);
        setEvenTime(file, i);
      }
    }
    setEvenTime(Files.writeString(tree.resolve("small"), "inline", UTF_8), 0);
    setEvenTime(Files.createFile(tree.resolve("empty")), 1);
    try (FileChannel holes =
        FileChannel.open(
            tree.resolve("holes"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < 12; i++) {
        byte[] piece = new byte[4_096];
        random.nextBytes(piece);
        holes.write(ByteBuffer.wrap(piece), 16_384L * i);
      }
    }
    setEvenTime(tree.resolve("holes"), 2);
    return tree;
  }

  // FAT keeps times to two seconds.
  private static void setEvenTime(Path file, int number) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(1_234_567_890L + 2L * number, TimeUnit.SECONDS));
  }

  /// A sound image, in memory, and what is known of it.
  ///
  /// @param owners for each sector that content lies in: whose, and where in the file
  private record Sound(
      BlockSource image,
      Map<String, Listing.Row> files,
      Map<String, Node> nodes,
      Map<String, Node> directories,
      Set<String> links,
      BitSet read,
      Map<Integer, Place> owners) {}

  private record Place(String file, long logical) {}

  private static BlockSource rescuing(BlockSource device) {
    return new RescuingSource(device, RescueLimits.DEFAULT, System::nanoTime);
  }

  private static Sound sound(Kind kind, Path image, Listing expected) throws Exception {
    BlockSource bytes = new MemorySource(Files.readAllBytes(image));
    BitSet read = new BitSet();
    BlockSource source = recording(bytes, read);
    DataVolume volume = DeviceStack.open(source, Bounds.TIGHT).volumes().getFirst();
    TreeSnapshot found = TreeSnapshot.of(volume.tree());
    Map<String, Listing.Row> files = found.files(volume.tree(), volume.bytes()).files();
    assertThat(files).isEqualTo(expected.files());
    assertThat(found.damages()).isEmpty();
    Map<String, Node> nodes = found.paths(Node.Kind.FILE);
    Map<Integer, Place> owners = new HashMap<>();
    Map<String, List<Long>> addresses = addresses(image);
    Set<String> strange = new TreeSet<>(files.keySet());
    strange.removeAll(addresses.keySet());
    assertThat(strange).hasSizeLessThanOrEqualTo(kind.strange());
    files.forEach((file, row) ->
        own(kind, file, row.size(), addresses.getOrDefault(file, List.of()), owners));
    return new Sound(
        bytes,
        files,
        nodes,
        found.paths(Node.Kind.DIRECTORY),
        found.paths(Node.Kind.LINK).keySet(),
        read,
        owners);
  }

  // HFS+ keeps names decomposed.
  private static Map<String, List<Long>> addresses(Path image) throws Exception {
    Map<String, List<Long>> addresses = new TreeMap<>();
    SleuthKit.addresses(image)
        .forEach((path, places) -> addresses.put(Normalizer.normalize(path, Form.NFC), places));
    return addresses;
  }

  private static void own(
      Kind kind, String file, long size, List<Long> addresses, Map<Integer, Place> owners) {
    for (int i = 0; i < addresses.size(); i++) {
      for (long at = 0; addresses.get(i) > 0 && at < kind.unit(); at += SECTOR) {
        long logical = (long) i * kind.unit() + at;
        if (logical < size) {
          int sector = Math.toIntExact((addresses.get(i) * kind.unit() + at) / SECTOR);
          owners.put(sector, new Place(file, logical));
        }
      }
    }
  }

  private static BlockSource recording(BlockSource source, BitSet read) {
    return new BlockSource() {
      @Override
      public long size() {
        return source.size();
      }

      @Override
      public int sectorSize() {
        return source.sectorSize();
      }

      @Override
      public void read(long offset, ByteBuffer target) throws MediaException {
        long end = offset + target.remaining();
        read.set((int) (offset / SECTOR), Math.toIntExact((end + SECTOR - 1) / SECTOR));
        source.read(offset, target);
      }

      @Override
      public void close() {
        source.close();
      }
    };
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aBadSectorCostsWhatLiesThereAndNothingElse(Kind kind) throws Exception {
    SleuthKit.require(EverySectorTest.class);
    Path tree = tree();
    MadeDisk disk = kind.made().make(tree, folder.resolve("disk.img"));
    Sound sound = sound(kind, disk.image(), disk.expected());
    assertThat(sound.owners().size()).isGreaterThan(100);
    sound.owners().keySet().forEach(sector -> assertThat(sound.read().get(sector)).isTrue());

    // A sector that the sound run never reads cannot change it.
    List<String> wrong =
        sound.read().stream()
            .parallel()
            .mapToObj(sector -> judge(sound, sector))
            .flatMap(Set::stream)
            .sorted()
            .toList();
    List<String> fatal = wrong.stream().filter(line -> line.contains(FATAL)).toList();
    System.out.println(
        kind
            + ": "
            + sound.read().cardinality()
            + " sectors, "
            + sound.owners().size()
            + " with content; fatal "
            + fatal);
    assertThat(wrong).filteredOn(line -> !line.contains(FATAL)).isEmpty();
    assertThat(fatal).hasSizeLessThanOrEqualTo(kind.fatal());
  }

  private static final String FATAL = "the volume is lost: ";

  /// What is wrong with how a bad `sector` is told.
  private static Set<String> judge(Sound sound, int sector) {
    FaultyBlockSource device = new FaultyBlockSource(sound.image());
    BlockSource faulty = rescuing(device.failAt((long) sector * SECTOR, SECTOR));
    try {
      DeviceStack stack = DeviceStack.open(faulty, Bounds.TIGHT);
      return stack.volumes().isEmpty()
          ? Set.of("sector " + sector + ": " + FATAL + stack.unread())
          : judge(sound, sector, stack.volumes().getFirst());
    } catch (MediaException e) {
      return Set.of("sector " + sector + ": " + FATAL + e.getMessage());
    }
  }

  private static Set<String> judge(Sound sound, int sector, DataVolume volume)
      throws MediaException {
    Set<String> wrong = new TreeSet<>();
    TreeSnapshot found = TreeSnapshot.of(volume.tree());
    Map<String, Listing.Row> rows = found.files(volume.tree(), volume.bytes()).files();
    if (rows.isEmpty() && found.damages().stream().allMatch(damage -> damage.id() < 0)) {
      return Set.of("sector " + sector + ": " + FATAL + found.damages());
    }
    Set<String> hurt = new TreeSet<>();
    sound
        .files()
        .forEach((path, row) -> {
          Listing.Row got = rows.get(path);
          if (got == null || got.md5().startsWith("unreadable: ")) {
            hurt.add(path);
            if (got == null && !isNamed(sound, found, path)) {
              wrong.add("sector " + sector + ": lost in silence: " + path + found.damages());
            }
          } else if (!got.equals(row)) {
            wrong.add("sector " + sector + ": " + path + " is " + got + ", not " + row);
          }
        });
    rows.forEach((path, row) -> {
      // Of what has lost its record it is not known that it was a link.
      boolean isLink = sound.links().contains(path) && row.md5().startsWith("unreadable: ");
      if (!sound.files().containsKey(path) && !isLink) {
        wrong.add("sector " + sector + ": made up: " + path);
      }
    });
    Place place = sound.owners().get(sector);
    if (place != null) {
      if (!hurt.equals(Set.of(place.file())) || !found.damages().isEmpty()) {
        wrong.add(
            "sector %d: %s: hurt %s, damages %s".formatted(sector, place, hurt, found.damages()));
      } else {
        checkBytes(sound, volume, place, wrong);
      }
    }
    return wrong;
  }

  // By number, as the sound disk has it: the thing itself, or a directory above it.
  private static boolean isNamed(Sound sound, TreeSnapshot found, String path) {
    long id = sound.nodes().get(path).id();
    if (!found.nodes().containsKey(id)
        && found.links().stream().anyMatch(link -> link.child() == id)) {
      return true;
    }
    Set<Long> ids = new TreeSet<>(Set.of(id, found.root()));
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      ids.add(sound.directories().get(path.substring(0, slash)).id());
    }
    return found.damages().stream().map(Damage::id).anyMatch(ids::contains);
  }

  // Of the hurt file exactly the bytes of the bad sector cannot be read.
  private static void checkBytes(Sound sound, DataVolume volume, Place place, Set<String> wrong)
      throws MediaException {
    long id = sound.nodes().get(place.file()).id();
    ContentReader content = new ContentReader(volume.bytes(), volume.tree().content(id));
    for (long at = 0; at < content.size(); at += SECTOR) {
      int length = (int) Math.min(SECTOR, content.size() - at);
      boolean reads = true;
      try {
        content.read(at, ByteBuffer.allocate(length));
      } catch (MediaException e) {
        reads = false;
      }
      if (reads == (at == place.logical())) {
        wrong.add(place + ": byte " + at + (reads ? " can be read" : " cannot be read"));
      }
    }
  }
}
