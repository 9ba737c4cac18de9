package org.diskferry.mkfs.child;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.MkfsException.Trouble;
import org.diskferry.mkfs.Reservation;
import org.diskferry.mkfs.VolumeWriter;
import org.diskferry.mkfs.fill.FillerException;
import org.diskferry.mkfs.fill.Placement;
import org.jspecify.annotations.Nullable;

/// A volume that a child fills. Contents go from the caller's thread straight to the medium; only
/// metadata goes through the child.
final class FilledVolume implements VolumeWriter {
  /// Metadata that the child may hold back before it is taken from it.
  private static final long MOST_DIRTY = 64L << 20;

  private final BlockDevice medium;
  private final Checkpoint checkpoint;
  private final ChildProcess child;
  private final Map<Long, WrittenFile> files = new ConcurrentHashMap<>();

  /// Whether room that the last checkpoint counts as a finished file's was given back: nothing may
  /// be written there before the next checkpoint.
  private boolean givenBack;

  private volatile @Nullable MkfsException failure;
  private boolean closed;

  private FilledVolume(BlockDevice medium, Checkpoint checkpoint, ChildProcess child) {
    this.medium = medium;
    this.checkpoint = checkpoint;
    this.child = child;
  }

  /// Opens what the medium holds.
  ///
  /// @param unfinished files that are taken out first
  static FilledVolume open(
      BlockDevice medium, FileSystem fileSystem, Path folder, List<FilePath> unfinished)
      throws MkfsException {
    ChildProcess child = ChildProcess.start(medium, folder);
    FilledVolume volume = new FilledVolume(medium, new Checkpoint(folder), child);
    try {
      volume.order(new Order.Open(fileSystem, medium.size(), medium.sectorSize()));
      for (FilePath path : unfinished) {
        volume.takeOutUnfinished(path);
      }
      volume.checkpoint();
      return volume;
    } catch (MkfsException e) {
      child.close();
      throw e;
    }
  }

  @Override
  public synchronized Reservation reserve(FilePath path, long size, Instant modified)
      throws MkfsException {
    if (givenBack) {
      checkpoint();
    }
    Reply reply = order(new Order.Reserve(path, size, modified));
    if (!(reply instanceof Reply.Placed(var placement, var dirty))) {
      throw fail(new MkfsException(Trouble.CRASHED, "a reservation was answered by " + reply));
    }
    Reservation reservation =
        switch (placement) {
          case Placement.Runs(var file, var runs) ->
              reserved(file, WrittenFile.outside(path, size, runs));
          case Placement.Inline(var file) -> reserved(file, WrittenFile.inline(path, size));
          case Placement.Full _ -> new Reservation.Full();
          case Placement.Refused(var reason) -> new Reservation.Refused(reason);
        };
    relieve(dirty);
    return reservation;
  }

  private Reservation reserved(long file, WrittenFile written) {
    files.put(file, written);
    return new Reservation.Reserved(file);
  }

  @Override
  public void write(long file, long position, ByteBuffer bytes) throws MkfsException {
    requireSound();
    try {
      open(file).write(medium, position, bytes);
    } catch (MediaException e) {
      throw fail(new MkfsException(Trouble.DEVICE, e.getMessage(), e));
    }
  }

  private void requireOpen(long file) {
    if (!files.containsKey(file)) {
      throw new IllegalArgumentException("file " + file + " is not being written");
    }
  }

  private WrittenFile open(long file) {
    WrittenFile written = files.get(file);
    if (written == null) {
      throw new IllegalArgumentException("file " + file + " is not being written");
    }
    return written;
  }

  @Override
  public synchronized void date(long file, Instant modified) throws MkfsException {
    requireOpen(file);
    if (order(new Order.Date(file, modified)) instanceof Reply.Done(var dirty)) {
      relieve(dirty);
    }
  }

  @Override
  public synchronized void finish(long file) throws MkfsException {
    WrittenFile written = open(file);
    if (written.missing() != 0) {
      throw new IllegalStateException(written.path() + " lacks " + written.missing() + " bytes");
    }
    finish(
        file,
        written.isInline() ? new Order.Fill(file, written.content()) : new Order.Finish(file));
  }

  @Override
  public synchronized void finishUnwritten(long file) throws MkfsException {
    WrittenFile written = open(file);
    if (written.isInline()) {
      throw new IllegalStateException(written.path() + " has no place of its own on the medium");
    }
    finish(file, new Order.Finish(file));
  }

  private void finish(long file, Order order) throws MkfsException {
    files.remove(file);
    if (order(order) instanceof Reply.Done(var dirty)) {
      relieve(dirty);
    }
  }

  @Override
  public synchronized void withdraw(long file) throws MkfsException {
    WrittenFile written = open(file);
    files.remove(file);
    takeOutUnfinished(written.path());
  }

  @Override
  public synchronized boolean remove(FilePath path) throws MkfsException {
    requireSound();
    if (files.values().stream().anyMatch(file -> file.path().equals(path))) {
      return false;
    }
    Reply.Withdrawn reply = takeOut(path);
    givenBack |= reply.found();
    relieve(reply.dirtyBytes());
    return reply.found();
  }

  private void takeOutUnfinished(FilePath path) throws MkfsException {
    if (!takeOut(path).found()) {
      throw fail(
          new MkfsException(Trouble.INCONSISTENT, path + " was being written and is not there"));
    }
  }

  private Reply.Withdrawn takeOut(FilePath path) throws MkfsException {
    Reply reply = order(new Order.Withdraw(path));
    if (reply instanceof Reply.Withdrawn withdrawn) {
      return withdrawn;
    }
    throw fail(new MkfsException(Trouble.CRASHED, "a removal was answered by " + reply));
  }

  @Override
  public synchronized long free() throws MkfsException {
    Reply reply = order(new Order.Free());
    if (reply instanceof Reply.FreeBytes(var bytes)) {
      return bytes;
    }
    throw fail(new MkfsException(Trouble.CRASHED, "free space was answered by " + reply));
  }

  private void relieve(long dirtyBytes) throws MkfsException {
    if (dirtyBytes > MOST_DIRTY) {
      checkpoint();
    }
  }

  @Override
  public synchronized void checkpoint() throws MkfsException {
    checkpoint(new Order.Flush());
  }

  // First the contents are on the medium, then the metadata that calls them files.
  private void checkpoint(Order order) throws MkfsException {
    requireSound();
    try {
      medium.force();
      checkpoint.store(
          files.values().stream().map(WrittenFile::path).toList(), target -> ask(order, target));
      checkpoint.apply(medium);
      givenBack = false;
    } catch (MediaException e) {
      throw fail(new MkfsException(Trouble.DEVICE, e.getMessage(), e));
    } catch (IOException e) {
      throw fail(new MkfsException(Trouble.CRASHED, "a checkpoint cannot be kept: " + e, e));
    }
  }

  private Reply order(Order order) throws MkfsException {
    return ask(
        order,
        (offset, bytes) -> {
          throw new IOException("the child wrote when it was not asked to");
        });
  }

  private Reply ask(Order order, Checkpoint.Target target) throws MkfsException {
    requireSound();
    try {
      return child.ask(
          order,
          (offset, bytes) -> {
            try {
              target.write(offset, bytes);
            } catch (IOException e) {
              throw new FillerException("what was written cannot be kept: " + e.getMessage(), e);
            }
          });
    } catch (MkfsException e) {
      throw fail(e);
    }
  }

  private MkfsException fail(MkfsException e) {
    failure = e;
    return e;
  }

  private void requireSound() throws MkfsException {
    MkfsException first = failure;
    if (first != null) {
      throw new MkfsException(first.trouble(), first.getMessage(), first);
    }
    if (closed) {
      throw new IllegalStateException("the volume is closed");
    }
  }

  @Override
  public synchronized void close() throws MkfsException {
    if (closed) {
      return;
    }
    try {
      if (failure == null) {
        for (long file : List.copyOf(files.keySet())) {
          withdraw(file);
        }
        checkpoint(new Order.Conclude());
      }
    } finally {
      closed = true;
      child.close();
    }
  }

  // Not synchronized: it is not to wait for what the child is busy with.
  @Override
  public void abandon() {
    failure = new MkfsException(Trouble.CRASHED, "the volume was abandoned");
    child.kill();
    child.close();
  }

  /// Ends the child as a crash would.
  void killChild() {
    child.kill();
  }
}
