package org.diskferry.app.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.plan.DiskRoom;
import org.diskferry.mkfs.plan.VolumePlan;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.StoredObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cuts, on listings that need no store. That a planned disk is a real one is held in `mkfs`.
class DiskSplitTest {
  private static final long CAPACITY = 200L << 20;

  private static StoredObject object(String key, long size) {
    return new StoredObject(new ObjectKey(key), size, "etag", Instant.EPOCH, "");
  }

  // In the order of the bytes of their UTF-8, which is not that of UTF-16.
  private static List<StoredObject> listing() {
    Random random = new Random(7);
    List<StoredObject> objects = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      String folder = i % 3 == 0 ? "\uFF5E" : i % 3 == 1 ? "\uD83D\uDE00" : "a";
      objects.add(object("%s/%06d".formatted(folder, i), random.nextInt(65_536)));
    }
    objects.sort((one, other) -> one.key().compareTo(other.key()));
    return objects;
  }

  // As an export selects them: after the one marker, up to and with the other.
  private static List<StoredObject> selected(
      List<StoredObject> listing, List<PlannedDisk.Range> ranges) {
    List<StoredObject> selected = new ArrayList<>();
    for (PlannedDisk.Range range : ranges) {
      for (StoredObject object : listing) {
        boolean after =
            range.beginMarker().isEmpty()
                || object.key().compareTo(new ObjectKey(range.beginMarker())) > 0;
        if (after && object.key().compareTo(new ObjectKey(range.endMarker())) <= 0) {
          selected.add(object);
        }
      }
    }
    return selected;
  }

  @ParameterizedTest
  @CsvSource({"NTFS, false", "EXT4, false", "NTFS, true", "EXT4, true"})
  void everyObjectIsOnOneDiskAndNoneIsMoreThanFull(FileSystem fileSystem, boolean encrypted) {
    List<StoredObject> listing = listing();
    DiskRoom room = new DiskRoom(fileSystem, encrypted);
    DiskSplit split = new DiskSplit(room, CAPACITY, "bucket");
    listing.forEach(split::add);
    List<PlannedDisk> disks = split.end();

    List<StoredObject> all = new ArrayList<>();
    for (PlannedDisk disk : disks) {
      List<StoredObject> objects = selected(listing, disk.ranges());
      assertThat(disk.objects()).isEqualTo(objects.size());
      assertThat(disk.bytes()).isEqualTo(objects.stream().mapToLong(StoredObject::size).sum());
      VolumePlan volume = room.onDisk(CAPACITY);
      for (StoredObject object : objects) {
        FilePath path = new FilePath(List.of(("bucket/" + object.key()).split("/")));
        assertThat(volume.add(path, object.size())).as(object.toString()).isTrue();
      }
      all.addAll(objects);
    }
    assertThat(all).isEqualTo(listing);
    assertThat(split.leftOut()).isEmpty();
    assertThat(disks).hasSizeGreaterThan(4);
    assertThat(disks.subList(0, disks.size() - 1))
        .allSatisfy(disk -> assertThat(disk.full()).isBetween(0.99, 1.0));
  }

  @Test
  void whatIsLargerThanADiskIsLeftOutAndTheDiskGoesOnBehindIt() {
    DiskSplit split = new DiskSplit(new DiskRoom(FileSystem.EXT4, false), CAPACITY, "");
    List<StoredObject> listing =
        List.of(
            object("a", CAPACITY),
            object("b", 10),
            object("c", 20),
            object("d", CAPACITY),
            object("e", 30),
            object("f", CAPACITY));
    listing.forEach(split::add);

    assertThat(split.end())
        .singleElement()
        .satisfies(disk -> {
          assertThat(disk.ranges())
              .containsExactly(new PlannedDisk.Range("a", "c"), new PlannedDisk.Range("d", "e"));
          assertThat(disk.objects()).isEqualTo(3);
        });
    assertThat(split.leftOut()).extracting(StoredObject::size).containsOnly(CAPACITY).hasSize(3);
  }

  @Test
  void nothingNeedsNoDisk() {
    assertThat(new DiskSplit(new DiskRoom(FileSystem.NTFS, false), CAPACITY, "").end()).isEmpty();
  }

  @Test
  void keysThatMakeNoNameTakeRoomInTheRecoveryDirectory() {
    DiskSplit split = new DiskSplit(new DiskRoom(FileSystem.NTFS, false), CAPACITY, "bucket");
    for (int i = 0; i < 100; i++) {
      split.add(object("a/../%03d".formatted(i), 3 << 20));
    }

    // 64 of 3 MiB are what 200 MiB hold.
    assertThat(split.end()).hasSize(2).extracting(PlannedDisk::objects).containsExactly(64L, 36L);
  }

  @Test
  void aDiskThatHoldsNothingIsTheCallersMistake() {
    for (boolean encrypted : new boolean[] {false, true}) {
      assertThatThrownBy(() -> new DiskSplit(new DiskRoom(FileSystem.EXT4, encrypted), 3 << 20, ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("too small");
    }
  }
}
