package org.diskferry.depot.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.diskferry.depot.blob.BlobException.Trouble;
import org.jspecify.annotations.Nullable;

/// Appends small blobs to packed files. One platform thread writes: whoever comes while it syncs is
/// in its next batch, and nobody else's interrupt can close the file under the others.
final class PackWriter implements AutoCloseable {
  /// A packed file is closed when it has grown to this: small enough to be written anew when half
  /// of it is dead, large enough that a hundred million small blobs make few files.
  static final long FULL = 256L * 1024 * 1024;

  /// Blobs in one batch: more would make the first wait for the last without saving syncs.
  private static final int BATCH = 256;

  /// Blobs that may wait: their bytes are held in memory, within the budget of [Blobs].
  private static final int QUEUE = 1024;

  private static final Append STOP = new Append(new byte[0], 0);

  private final Directory directory;
  private final Disk disk;
  private final FailStop failStop;
  private final BlockingQueue<Append> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Map<UUID, Integer> unsettled = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;
  private @Nullable Pack pack;

  PackWriter(Directory directory, Disk disk, FailStop failStop) {
    this.directory = directory;
    this.disk = disk;
    this.failStop = failStop;
    this.thread = Thread.ofPlatform().name("depot-pack-writer").daemon().start(this::run);
  }

  /// Appends a blob; returns when it is on the medium.
  Location append(byte[] bytes, int length) throws IOException {
    failStop.check();
    Append append = new Append(bytes, length);
    enqueue(append);
    try {
      return Await.done(append.done);
    } catch (IOException e) {
      // Where this thread was interrupted the blob may still be written; nobody will want it.
      append.done.thenAccept(this::settled).isDone();
      throw e;
    }
  }

  /// Whoever appended the blob has written it to the ledger, or never will.
  void settled(Location location) {
    unsettled.computeIfPresent(location.file(), (_, count) -> count == 1 ? null : count - 1);
  }

  /// Whether blobs may still be added to a file, or to the ledger for it.
  synchronized boolean busy(UUID file) {
    return unsettled.containsKey(file) || (pack != null && pack.file().equals(file));
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      queue.put(STOP);
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    queue.forEach(append -> append.done.completeExceptionally(stopped()));
    endPack();
  }

  private void enqueue(Append append) throws IOException {
    try {
      queue.put(append);
      if (closed) {
        append.done.completeExceptionally(stopped());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a blob waited to be written", e);
    }
  }

  private void run() {
    List<Append> batch = new ArrayList<>(BATCH);
    try {
      while (!batch.contains(STOP)) {
        batch.clear();
        batch.add(queue.take());
        queue.drainTo(batch, BATCH - 1);
        write(batch.stream().filter(append -> !append.equals(STOP)).toList());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<Append> batch) {
    try {
      failStop.check();
      Pack target = openPack();
      List<Location> locations = appendAll(target, batch);
      sync(target);
      locations.forEach(location -> unsettled.merge(location.file(), 1, Integer::sum));
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).done.complete(locations.get(i));
      }
    } catch (IOException | RuntimeException e) {
      batch.forEach(append -> append.done.completeExceptionally(e));
    }
  }

  private List<Location> appendAll(Pack target, List<Append> batch) throws IOException {
    List<Location> locations = new ArrayList<>(batch.size());
    long end = target.end();
    try {
      for (Append append : batch) {
        disk.append(target.channel(), ByteBuffer.wrap(append.bytes, 0, append.length));
        locations.add(new Location(target.file(), true, end, append.length));
        end += append.length;
      }
    } catch (IOException e) {
      throw undo(target, e);
    }
    setPack(new Pack(target.file(), target.channel(), end));
    return locations;
  }

  private BlobException undo(Pack target, IOException cause) {
    if (!NoRoom.causes(cause)) {
      return failStop.fail("writing packed file " + target.file(), cause);
    }
    try {
      disk.cut(target.channel(), target.end());
      return NoRoom.whileWriting(cause);
    } catch (IOException e) {
      e.addSuppressed(cause);
      return failStop.fail("cutting packed file " + target.file(), e);
    }
  }

  private void sync(Pack target) throws IOException {
    try {
      disk.sync(target.channel());
    } catch (IOException e) {
      throw failStop.fail("syncing packed file " + target.file(), e);
    }
  }

  private Pack openPack() throws IOException {
    Pack current = pack;
    if (current != null && current.end() < FULL) {
      return current;
    }
    endPack();
    UUID file = UUID.randomUUID();
    Path path = directory.path(file, true);
    try {
      Pack fresh = new Pack(file, disk.create(path), 0);
      disk.syncDirectory(directory.packed());
      setPack(fresh);
      return fresh;
    } catch (IOException e) {
      throw NoRoom.causes(e)
          ? NoRoom.whileWriting(e)
          : failStop.fail("beginning packed file " + file, e);
    }
  }

  private synchronized void setPack(Pack fresh) {
    pack = fresh;
  }

  private synchronized void endPack() throws IOException {
    if (pack != null) {
      pack.channel().close();
      pack = null;
    }
  }

  private static BlobException stopped() {
    return new BlobException(Trouble.FAILED, "the store is being stopped");
  }

  private static final class Append {
    final byte[] bytes;
    final int length;
    final CompletableFuture<Location> done = new CompletableFuture<>();

    Append(byte[] bytes, int length) {
      this.bytes = bytes;
      this.length = length;
    }
  }

  private record Pack(UUID file, FileChannel channel, long end) {}
}
