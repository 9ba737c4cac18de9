package org.diskferry.media.stack;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.SliceSource;
import org.diskferry.media.fs.FileSystemFormat;
import org.diskferry.media.partition.Partition;
import org.diskferry.media.partition.PartitionTable;
import org.diskferry.media.partition.PartitionTables;
import org.diskferry.media.stack.Contents.Part;
import org.diskferry.media.stack.Contents.Partitioned;

/// A device, opened from the bottom up: block ▸ partition ▸ file system.
///
/// A file system that fills the device is looked for first: its boot code ends like a partition
/// table. Then every table that the device could be read by is tried, in units of 512 and 4,096
/// bytes, and the one whose partitions begin with something known wins. What is damaged or not
/// supported is a layer with a reason, not an exception; only a device that is gone throws.
public final class DeviceStack {
  private final Contents contents;

  private DeviceStack(Contents contents) {
    this.contents = contents;
  }

  /// Opens everything on `device` that can be opened. `bounds` are those of each volume.
  ///
  /// @throws MediaException when the device does not answer at all
  public static DeviceStack open(BlockSource device, Bounds bounds) throws MediaException {
    return new DeviceStack(new Opener(bounds).openDevice(device));
  }

  /// The layers, for people.
  public Contents contents() {
    return contents;
  }

  /// The volumes that a customer's data may be in, in order of their numbers.
  public List<DataVolume> volumes() {
    List<DataVolume> volumes = new ArrayList<>();
    switch (contents) {
      case Contents.Files files -> volumes.add(new DataVolume(0, files.bytes(), 0, files.tree()));
      case Partitioned partitioned -> {
        for (Part part : partitioned.parts()) {
          if (part.contents() instanceof Contents.Files(var bytes, var tree)) {
            Partition partition = part.partition();
            volumes.add(new DataVolume(partition.number(), bytes, partition.start(), tree));
          }
        }
      }
      case Contents.Damaged _, Contents.Unsupported _, Contents.NotData _ -> {}
      case Contents.Empty _, Contents.Unknown _ -> {}
    }
    return volumes;
  }

  /// What may hold a customer's data and could not be opened, one sentence each; a device with any
  /// is not fully read.
  public List<String> unread() {
    List<String> unread = new ArrayList<>();
    if (contents instanceof Partitioned partitioned) {
      partitioned.table().remarks().forEach(unread::add);
      for (Part part : partitioned.parts()) {
        describe("partition " + part.partition().number(), part.contents(), unread);
      }
    } else {
      describe("the device", contents, unread);
    }
    return unread;
  }

  private static void describe(String where, Contents contents, List<String> unread) {
    switch (contents) {
      case Contents.Damaged(var format, var reason) ->
          unread.add(where + " holds " + format + " that cannot be read: " + reason);
      case Contents.Unsupported(var name, var advice) ->
          unread.add(where + " holds " + name + ", which is not supported: " + advice);
      case Contents.Unknown _ ->
          unread.add(where + " holds nothing that is known: damaged, foreign, or encrypted");
      case Contents.Files _, Contents.NotData _, Contents.Empty _, Partitioned _ -> {}
    }
  }

  /// What lies where nothing could be recognised because it could not be read.
  private static final String SOMETHING = "something";

  /// One walk up the stack.
  private record Opener(Bounds bounds) {

    Contents openDevice(BlockSource device) throws MediaException {
      Contents whole = openVolume(device);
      if (isRecognised(whole)) {
        return whole;
      }
      Contents best = whole;
      int most = -1;
      for (PartitionTable table : PartitionTables.candidates(device)) {
        Partitioned partitioned = openParts(device, table);
        int known = Math.toIntExact(partitioned.parts().stream().filter(Opener::isKnown).count());
        if (known > most) {
          best = partitioned;
          most = known;
        }
      }
      if (most < 0 && PartitionTables.isProtected(device)) {
        return new Contents.Damaged("a GPT", "neither it nor its copy can be read");
      }
      return best;
    }

    private static boolean isRecognised(Contents whole) {
      return switch (whole) {
        case Contents.Damaged(var format, _) -> !format.equals(SOMETHING);
        case Contents.Files _, Contents.Unsupported _, Contents.NotData _, Partitioned _ -> true;
        case Contents.Empty _, Contents.Unknown _ -> false;
      };
    }

    private static boolean isKnown(Part part) {
      return switch (part.contents()) {
        case Contents.Files _, Contents.Damaged _, Contents.Unsupported _ -> true;
        case Contents.NotData _, Contents.Empty _, Contents.Unknown _, Partitioned _ -> false;
      };
    }

    private Partitioned openParts(BlockSource device, PartitionTable table) throws MediaException {
      List<Part> parts = new ArrayList<>();
      for (Partition partition : table.partitions()) {
        BlockSource bytes = new SliceSource(device, partition.start(), partition.size());
        parts.add(new Part(partition, openPart(partition, bytes)));
      }
      return new Partitioned(table, parts);
    }

    private Contents openPart(Partition partition, BlockSource bytes) throws MediaException {
      return switch (partition.role()) {
        case DATA -> openVolume(bytes);
        case EFI_SYSTEM -> new Contents.NotData("EFI system partition");
        case RESERVED -> new Contents.NotData("reserved partition");
        case RECOVERY -> new Contents.NotData("recovery partition");
        case SWAP -> new Contents.NotData("swap space");
      };
    }

    // Where one format looks for itself may be bad, and another's place sound.
    private Contents openVolume(BlockSource volume) throws MediaException {
      Contents unreadable = new Contents.Unknown();
      for (FileSystemFormat format : Formats.READABLE) {
        try {
          if (format.recognition().recognises(volume)) {
            return openFiles(format, volume);
          }
        } catch (MediaException e) {
          unreadable = damaged(SOMETHING, e);
        }
      }
      try {
        Contents known = Signature.match(volume);
        return known instanceof Contents.Unsupported || unreadable instanceof Contents.Unknown
            ? known
            : unreadable;
      } catch (MediaException e) {
        return damaged(SOMETHING, e);
      }
    }

    private static Contents damaged(String what, MediaException e) throws MediaException {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      return new Contents.Damaged(what, e.getMessage());
    }

    private Contents openFiles(FileSystemFormat format, BlockSource volume) throws MediaException {
      try {
        return new Contents.Files(volume, format.opening().open(volume, bounds));
      } catch (MediaException e) {
        return switch (e.trouble()) {
          case GONE -> throw e;
          case UNSUPPORTED ->
              new Contents.Unsupported(
                  format.name() + " (" + e.getMessage() + ")", "copy the files to a plain volume");
          case UNREADABLE, DAMAGED, EXCEEDED -> new Contents.Damaged(format.name(), e.getMessage());
        };
      }
    }
  }
}
