package org.diskferry.app.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diskferry.job.manifest.DeviceFileSystem;
import org.diskferry.job.naming.ExportName;
import org.diskferry.job.naming.ExportNames;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.plan.DiskRoom;
import org.diskferry.mkfs.plan.VolumePlan;
import org.diskferry.store.StoredObject;

/// Cuts a listing into disks: each takes objects in the order of their keys for as long as it has
/// room, under the names that the export will give them. An object that not even an empty disk has
/// room for is left out, and the disk goes on behind it.
final class DiskSplit {
  private static final String RECOVERY = "EXPORT-RECOVERY";

  private final DiskRoom room;
  private final long capacity;
  private final String targetDirectory;
  private final List<PlannedDisk> disks = new ArrayList<>();
  private final List<StoredObject> leftOut = new ArrayList<>();

  private VolumePlan volume;
  private ExportNames names;
  private final List<PlannedDisk.Range> ranges = new ArrayList<>();
  private String begin = "";
  private String last = "";
  private boolean rangeBegun;
  private long objects;
  private long bytes;

  /// Over disks of `capacity` bytes.
  ///
  /// @param targetDirectory before every key; empty for the root
  /// @throws IllegalArgumentException when such a disk is too small for anything
  DiskSplit(DiskRoom room, long capacity, String targetDirectory) {
    this.room = room;
    this.capacity = capacity;
    this.targetDirectory = targetDirectory;
    this.volume = room.onDisk(capacity);
    this.names = names();
  }

  private ExportNames names() {
    return new ExportNames(format(room.fileSystem()), RECOVERY, Map.of());
  }

  private static DeviceFileSystem format(FileSystem fileSystem) {
    return switch (fileSystem) {
      case NTFS -> DeviceFileSystem.NTFS;
      case EXT4 -> DeviceFileSystem.EXT4;
    };
  }

  /// The next object of the listing.
  void add(StoredObject object) {
    if (fits(volume, names, object)) {
      take(object);
    } else if (!fits(room.onDisk(capacity), names(), object)) {
      endRange();
      begin = object.key().value();
      leftOut.add(object);
    } else {
      endDisk();
      volume = room.onDisk(capacity);
      names = names();
      fits(volume, names, object);
      take(object);
    }
  }

  // What gets no name gets no room, and a row in the log.
  private boolean fits(VolumePlan plan, ExportNames given, StoredObject object) {
    return switch (given.next(targetDirectory, object.key().value())) {
      case ExportName.Placed placed -> plan.add(new FilePath(placed.names()), object.size());
      case ExportName.Refused _ -> true;
    };
  }

  private void take(StoredObject object) {
    rangeBegun = true;
    last = object.key().value();
    objects++;
    bytes += object.size();
  }

  private void endRange() {
    if (rangeBegun) {
      ranges.add(new PlannedDisk.Range(begin, last));
      begin = last;
      rangeBegun = false;
    }
  }

  private void endDisk() {
    endRange();
    if (objects > 0) {
      double free = (double) volume.free() / volume.bytes();
      disks.add(new PlannedDisk(ranges, objects, bytes, 1 - Math.max(0, free)));
    }
    ranges.clear();
    objects = 0;
    bytes = 0;
  }

  /// The listing is over: the disks in order.
  List<PlannedDisk> end() {
    endDisk();
    return List.copyOf(disks);
  }

  /// What no disk has room for.
  List<StoredObject> leftOut() {
    return List.copyOf(leftOut);
  }
}
