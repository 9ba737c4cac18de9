package org.diskferry.mkfs.container;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.Extent;
import org.diskferry.media.block.ExtentsDevice;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.stack.Contents;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.stack.RootFiles;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.MkfsException.Trouble;
import org.diskferry.mkfs.NewVolume;
import org.diskferry.mkfs.Reservation;
import org.diskferry.mkfs.VolumeMaker;
import org.diskferry.mkfs.VolumeWriter;

/// The one file of the outer volume.
final class ContainerFile {
  /// The file has whole MiB: as many as are free, less 1, 3, 7 … until the volume has room for it.
  private static final long GRAIN = 1 << 20;

  /// What both file systems hold: 16 TiB, and not quite.
  private static final long LARGEST = (1L << 44) - GRAIN;

  /// Files that the outer volume will have.
  private static final int FILES = 1;

  /// What the programs call the sector of any container that is a file.
  private static final int SECTOR = 512;

  private final VolumeMaker plain;
  private final String name;
  private List<Extent> runs = List.of();

  ContainerFile(VolumeMaker plain, String name) {
    this.plain = plain;
    this.name = name;
  }

  /// Makes the outer volume and the file, durably; its bytes are what the medium held.
  void make(BlockDevice medium, NewVolume volume, Path folder) throws MkfsException {
    NewVolume outer = new NewVolume(volume.fileSystem(), volume.label(), volume.made(), FILES);
    try (VolumeWriter writer = plain.make(medium, outer, folder)) {
      writer.finishUnwritten(reserve(writer, volume));
    }
  }

  private long reserve(VolumeWriter writer, NewVolume volume) throws MkfsException {
    long most = Math.min(LARGEST, writer.free() / GRAIN * GRAIN);
    long size = most;
    for (long step = GRAIN; size > org.diskferry.media.crypt.NewVolume.overhead(); step *= 2) {
      switch (writer.reserve(new FilePath(List.of(name)), size, volume.made())) {
        case Reservation.Reserved(var file) -> {
          return file;
        }
        case Reservation.Full _ -> size -= step;
        case Reservation.Refused(var reason) -> throw new IllegalArgumentException(reason);
      }
    }
    throw new MkfsException(
        Trouble.TOO_SMALL, "a volume with " + most + " bytes free holds no container");
  }

  /// Looks on the volume where the file lies.
  ///
  /// @throws MkfsException `INCONSISTENT` when there is no such file, or it is not all there
  ExtentsDevice find(BlockDevice medium) throws MkfsException {
    try {
      if (!(DeviceStack.open(medium, Bounds.GENEROUS).contents()
          instanceof Contents.Files(_, var tree))) {
        throw inconsistent("the volume that it lay on cannot be read");
      }
      runs = runs(tree);
      return ExtentsDevice.of(medium, runs, SECTOR);
    } catch (MediaException e) {
      throw new MkfsException(Trouble.DEVICE, e.getMessage(), e);
    }
  }

  private List<Extent> runs(FileTree tree) throws MediaException, MkfsException {
    List<RootFiles.Named> named = RootFiles.of(tree, name::equals);
    if (named.size() != 1) {
      throw inconsistent("there is no such file");
    }
    if (!(tree.content(named.getFirst().id()) instanceof Content.Extents(var size, var found))) {
      throw inconsistent("it cannot be read");
    }
    if (found.stream().mapToLong(Extent::length).sum() != size || size % GRAIN != 0 || size == 0) {
      throw inconsistent("it has holes, or " + size + " bytes");
    }
    return found;
  }

  private MkfsException inconsistent(String what) {
    return new MkfsException(Trouble.INCONSISTENT, name + " cannot be gone on with: " + what);
  }

  /// What tells the place that was found from every other one: SHA-256 over its runs, in hex.
  String fingerprint() {
    ByteBuffer places = ByteBuffer.allocate(3 * Long.BYTES * runs.size());
    for (Extent run : runs) {
      places.putLong(run.logical()).putLong(run.physical()).putLong(run.length());
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(places.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
