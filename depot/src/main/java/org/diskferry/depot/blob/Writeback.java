package org.diskferry.depot.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Syncs a growing file in the background every few megabytes, so that the last sync, for which the
/// client waits, has little left to do.
final class Writeback implements AutoCloseable {
  /// Bytes between two syncs: a third of a second of a slow disk.
  private static final long STEP = 32L * 1024 * 1024;

  private final Disk disk;
  private final FileChannel file;
  private final FailStop failStop;
  private long unsynced;
  private @Nullable CompletableFuture<Void> running;

  Writeback(Disk disk, FileChannel file, FailStop failStop) {
    this.disk = disk;
    this.file = file;
    this.failStop = failStop;
  }

  void wrote(int count) throws IOException {
    unsynced += count;
    if (unsynced >= STEP) {
      await();
      unsynced = 0;
      CompletableFuture<Void> next = new CompletableFuture<>();
      running = next;
      Thread.ofVirtual().name("depot-writeback").start(() -> sync(next));
    }
  }

  /// Returns when everything that was written is on the medium.
  void finish() throws IOException {
    await();
    try {
      disk.sync(file);
    } catch (IOException e) {
      throw failStop.fail("syncing a loose file", e);
    }
  }

  /// Waits for what runs, so that the file is not closed under it.
  @Override
  public void close() throws IOException {
    await();
  }

  private void sync(CompletableFuture<Void> done) {
    try {
      disk.sync(file);
      done.complete(null);
    } catch (IOException e) {
      done.completeExceptionally(failStop.fail("syncing a loose file", e));
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private void await() throws IOException {
    CompletableFuture<Void> before = running;
    running = null;
    if (before != null) {
      Await.done(before);
    }
  }
}
