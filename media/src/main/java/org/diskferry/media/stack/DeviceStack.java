package org.diskferry.media.stack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.SliceSource;
import org.diskferry.media.crypt.Trial;
import org.diskferry.media.crypt.Unlocking;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.FileSystemFormat;
import org.diskferry.media.partition.Partition;
import org.diskferry.media.partition.PartitionTable;
import org.diskferry.media.partition.PartitionTables;
import org.diskferry.media.stack.Contents.Files;
import org.diskferry.media.stack.Contents.Part;
import org.diskferry.media.stack.Contents.Partitioned;

/// A device, opened from the bottom up: block ▸ partition ▸ encryption ▸ file system.
///
/// A file system that fills the device is looked for first: its boot code ends like a partition
/// table. Then every table that the device could be read by is tried, in units of 512 and 4,096
/// bytes, and the one whose partitions begin with something known wins. A password is tried on what
/// begins without any pattern before anything else is looked for in it, and on what nothing else
/// knows. What is damaged or not supported is a layer with a reason, not an exception; only a
/// device that is gone throws.
public final class DeviceStack {
  private final Contents contents;

  private DeviceStack(Contents contents) {
    this.contents = contents;
  }

  /// Opens everything on `device` that can be opened without a password. `bounds` are those of each
  /// volume.
  ///
  /// @throws MediaException when the device does not answer at all
  public static DeviceStack open(BlockSource device, Bounds bounds) throws MediaException {
    return open(device, bounds, Hints.NONE);
  }

  /// Opens everything on `device` that can be opened. `bounds` are those of each volume.
  ///
  /// @throws MediaException when the device does not answer at all
  public static DeviceStack open(BlockSource device, Bounds bounds, Hints hints)
      throws MediaException {
    return new DeviceStack(new Opener(bounds, hints).openDevice(device));
  }

  /// The layers, for people.
  public Contents contents() {
    return contents;
  }

  /// The volumes that a customer's data may be in, in order of their numbers; a container's before
  /// the one that it lies in.
  public List<DataVolume> volumes() {
    List<DataVolume> volumes = new ArrayList<>();
    collect(0, 0, contents, volumes);
    return volumes;
  }

  private static void collect(int number, long start, Contents contents, List<DataVolume> volumes) {
    switch (contents) {
      case Files(var bytes, var tree) -> volumes.add(new DataVolume(number, bytes, start, tree));
      case Contents.Encrypted(var volume, var inside) ->
          collect(number, start + volume.start(), inside, volumes);
      case Contents.Container(var host, _, var inside) -> {
        collect(number, start, inside, volumes);
        volumes.add(new DataVolume(number, host.bytes(), start, host.tree(), true));
      }
      case Partitioned partitioned -> {
        for (Part part : partitioned.parts()) {
          Partition partition = part.partition();
          collect(partition.number(), start + partition.start(), part.contents(), volumes);
        }
      }
      case Contents.Damaged _, Contents.Unsupported _, Contents.NotData _ -> {}
      case Contents.Empty _, Contents.Unknown _ -> {}
    }
  }

  /// What may hold a customer's data and could not be opened, one sentence each; a device with any
  /// is not fully read.
  public List<String> unread() {
    List<String> unread = new ArrayList<>();
    describe("the device", contents, unread);
    return unread;
  }

  private static void describe(String where, Contents contents, List<String> unread) {
    switch (contents) {
      case Contents.Damaged(var format, var reason) ->
          unread.add(where + " holds " + format + " that cannot be read: " + reason);
      case Contents.Unsupported(var name, var advice) ->
          unread.add(where + " holds " + name + ", which is not supported: " + advice);
      case Contents.Unknown(var refused) ->
          unread.add(
              where
                  + (refused
                      ? " holds nothing that is known, and the password does not open it"
                      : " holds nothing that is known: damaged, foreign, or encrypted"));
      case Contents.Encrypted(_, var inside) ->
          describe("the encrypted volume of " + where, inside, unread);
      case Contents.Container(_, var name, var inside) -> describe(name, inside, unread);
      case Partitioned partitioned -> {
        unread.addAll(partitioned.table().remarks());
        for (Part part : partitioned.parts()) {
          describe("partition " + part.partition().number(), part.contents(), unread);
        }
      }
      case Files _, Contents.NotData _, Contents.Empty _ -> {}
    }
  }

  /// What lies where nothing could be recognised because it could not be read.
  private static final String SOMETHING = "something";

  private static final String GPT = "a GPT";

  /// One walk up the stack.
  private record Opener(Bounds bounds, Hints hints) {

    Contents openDevice(BlockSource device) throws MediaException {
      Contents layers = openLayers(device);
      try {
        Contents.Unsupported system = Signature.bootLoader(device);
        return system == null ? layers : named(layers, system);
      } catch (MediaException e) {
        if (e.trouble() == Trouble.GONE) {
          throw e;
        }
        return layers;
      }
    }

    // What nobody knows on a disk that starts by asking for a password is the system, encrypted.
    private static Contents named(Contents contents, Contents.Unsupported unknown) {
      return switch (contents) {
        case Contents.Unknown _ -> unknown;
        case Partitioned(var table, var parts) ->
            new Partitioned(
                table,
                parts.stream()
                    .map(part -> new Part(part.partition(), named(part.contents(), unknown)))
                    .toList());
        case Files _, Contents.Encrypted _, Contents.Container _, Contents.Damaged _ -> contents;
        case Contents.Unsupported _, Contents.NotData _, Contents.Empty _ -> contents;
      };
    }

    private Contents openLayers(BlockSource device) throws MediaException {
      Contents whole = openVolume(device, false);
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
        best = new Contents.Damaged(GPT, "neither it nor its copy can be read");
      }
      // A table without anything in it may have been written over an encrypted device's header.
      return most <= 0 ? unlocked(device, best) : best;
    }

    private static boolean isRecognised(Contents whole) {
      return switch (whole) {
        case Contents.Damaged(var format, _) -> !format.equals(SOMETHING);
        case Files _, Contents.Unsupported _, Contents.NotData _, Partitioned _ -> true;
        case Contents.Encrypted _, Contents.Container _ -> true;
        case Contents.Empty _, Contents.Unknown _ -> false;
      };
    }

    private static boolean isKnown(Part part) {
      return switch (part.contents()) {
        case Files _, Contents.Encrypted _, Contents.Container _ -> true;
        case Contents.Damaged _, Contents.Unsupported _ -> true;
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
        case DATA -> {
          Contents contents = openVolume(bytes, true);
          Contents.Unsupported typed = Signature.ofType(partition.type());
          yield contents instanceof Contents.Unknown && typed != null ? typed : contents;
        }
        case EFI_SYSTEM -> new Contents.NotData("EFI system partition");
        case RESERVED -> new Contents.NotData("reserved partition");
        case RECOVERY -> new Contents.NotData("recovery partition");
        case SWAP -> new Contents.NotData("swap space");
      };
    }

    /// @param alone whether a partition table is not to be looked for: then a password is tried on
    ///   whatever it is
    private Contents openVolume(BlockSource volume, boolean alone) throws MediaException {
      if (looksEncrypted(volume)) {
        Contents unlocked = unlocked(volume, new Contents.Unknown(false));
        if (!(unlocked instanceof Contents.Unknown)) {
          return unlocked;
        }
      }
      Contents plain = openPlain(volume);
      return alone ? unlocked(volume, plain) : plain;
    }

    // A header in a bad sector has a copy, which is tried when nothing else was found.
    private boolean looksEncrypted(BlockSource volume) throws MediaException {
      try {
        return hints.unlocking() != null && Unlocking.looksEncrypted(volume);
      } catch (MediaException e) {
        if (e.trouble() == Trouble.GONE) {
          throw e;
        }
        return false;
      }
    }

    // Where one format looks for itself may be bad, and another's place sound.
    private Contents openPlain(BlockSource volume) throws MediaException {
      Contents unreadable = new Contents.Unknown(false);
      try {
        Contents.Unsupported disguised = Signature.disguised(volume);
        if (disguised != null) {
          return disguised;
        }
      } catch (MediaException e) {
        unreadable = damaged(SOMETHING, e);
      }
      for (FileSystemFormat format : Formats.READABLE) {
        try {
          if (format.recognition().recognises(volume)) {
            Contents contents = openFiles(format, volume);
            return contents instanceof Files files ? withContainer(files) : contents;
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

    // What the password makes of bytes that nobody knows, or of none; else as it is.
    private Contents unlocked(BlockSource volume, Contents plain) throws MediaException {
      Unlocking unlocking = hints.unlocking();
      if (unlocking == null || !mayHideVolume(plain)) {
        return plain;
      }
      return switch (unlocking.open(volume)) {
        case Trial.Opened(var opened) ->
            new Contents.Encrypted(
                opened, new Opener(bounds, hints.inside()).openVolume(opened.bytes(), true));
        case Trial.Useless(var reason, var damaged) ->
            damaged
                ? new Contents.Damaged("an encrypted volume", reason)
                : new Contents.Unsupported(reason, Signature.DECRYPT);
        case Trial.Refused _ ->
            plain instanceof Contents.Unknown ? new Contents.Unknown(true) : plain;
        case Trial.Stopped _ -> plain;
      };
    }

    private static boolean mayHideVolume(Contents plain) {
      return switch (plain) {
        case Partitioned(_, var parts) -> parts.stream().noneMatch(Opener::isKnown);
        case Contents.Damaged(var format, _) -> format.equals(SOMETHING) || format.equals(GPT);
        case Contents.Empty _, Contents.Unknown _ -> true;
        case Files _, Contents.Unsupported _, Contents.NotData _ -> false;
        case Contents.Encrypted _, Contents.Container _ -> false;
      };
    }

    private Contents withContainer(Files files) throws MediaException {
      if (hints.container().isEmpty()) {
        return files;
      }
      List<RootFiles.Named> named;
      try {
        named = RootFiles.of(files.tree(), hints.container()::equalsIgnoreCase);
      } catch (MediaException e) {
        if (e.trouble() == Trouble.GONE) {
          throw e;
        }
        // Whoever lists the files is told what is wrong with them.
        return files;
      }
      if (named.isEmpty()) {
        return files;
      }
      // Where names differ by case alone, the one that is written as it was asked for.
      RootFiles.Named chosen =
          named.stream()
              .filter(one -> one.name().equals(hints.container()))
              .findFirst()
              .orElse(named.getFirst());
      return new Contents.Container(files, chosen.name(), openContainer(files, chosen.id()));
    }

    private Contents openContainer(Files files, long id) throws MediaException {
      ContentReader reader = new ContentReader(files.bytes(), files.tree().content(id));
      try {
        BlockSource container = new ContentSource(reader, files.bytes().sectorSize());
        // Asking for none of what cannot be had still tells why.
        container.read(0, ByteBuffer.allocate(0));
        return unlocked(container, new Contents.Unknown(false));
      } catch (MediaException e) {
        if (e.trouble() == Trouble.GONE) {
          throw e;
        }
        return new Contents.Damaged("a container", e.getMessage());
      }
    }

    private Contents openFiles(FileSystemFormat format, BlockSource volume) throws MediaException {
      try {
        return new Files(volume, format.opening().open(volume, bounds, hints.codePage()));
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
