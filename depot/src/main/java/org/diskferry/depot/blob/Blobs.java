package org.diskferry.depot.blob;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// The blobs of one directory. Opening it removes what the [Ledger] does not know, that is what was
/// not finished when the last process ended.
///
/// A blob is staged durably first and written to the ledger by the caller afterwards. When a sync
/// fails the store takes no more writes (`FAILED`) until it is opened again; reading goes on.
public final class Blobs implements AutoCloseable {
  /// Blobs up to this are packed: a file of its own would cost three syncs and an inode.
  public static final int SMALL = 1024 * 1024;

  /// Memory for small blobs that are on their way to the disk, in KiB.
  private static final int BUDGET_KIB = 64 * 1024;

  private static final int KIB = 1024;

  private final Directory directory;
  private final Disk disk;
  private final long reserve;
  private final FailStop failStop = new FailStop();
  private final Semaphore budget = new Semaphore(BUDGET_KIB, true);
  private final PackWriter packs;
  private final LooseWriter loose;
  private final Scrub scrub;
  private final Readers readers;
  private final Collector collector;

  private Blobs(Directory directory, Disk disk, Ledger ledger, InstantSource clock, long reserve) {
    this.directory = directory;
    this.disk = disk;
    this.reserve = reserve;
    this.packs = new PackWriter(directory, disk, failStop);
    this.loose = new LooseWriter(directory, disk, failStop);
    this.scrub = new Scrub(directory, ledger);
    this.readers = new Readers(clock);
    this.collector = new Collector(this, directory, disk, ledger, readers, clock);
  }

  /// Opens a directory, which is made where it does not exist.
  ///
  /// @param reserve bytes that are kept free on the disk: writes that would use them are refused
  /// @throws IOException if the directory is in use, belongs to another ledger, or fails
  public static Blobs open(Path root, Ledger ledger, InstantSource clock, long reserve)
      throws IOException {
    return open(root, new LinuxDisk(root), ledger, clock, reserve);
  }

  static Blobs open(Path root, Disk disk, Ledger ledger, InstantSource clock, long reserve)
      throws IOException {
    Directory directory = Directory.open(root, disk);
    try {
      new Recovery(directory, disk, ledger).run();
      return new Blobs(directory, disk, ledger, clock, reserve);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /// Refuses what could not be written now: the store has failed, or there is no room.
  public void expect(long length) throws IOException {
    failStop.check();
    NoRoom.check(disk, length, reserve);
  }

  /// Stages exactly `length` bytes; returns when they are on the medium. What `body` throws comes
  /// out as it is, and nothing is kept. One read is made after the last byte and must find the end,
  /// so that the body can check itself.
  public Staged stage(long length, InputStream body) throws IOException {
    expect(length);
    if (length == 0) {
      EndOfBody.expect(body, length);
      return Staged.nothing();
    }
    return length <= SMALL ? pack((int) length, body) : loose.write(body, length);
  }

  /// Opens a blob for reading.
  ///
  /// @throws BlobException `DAMAGED` where its file is missing
  public BlobReader open(Location location, ChunkSums sums) throws IOException {
    int longest = (int) Math.min(ChunkSums.CHUNK, location.length());
    Path path = directory.path(location.file(), location.packed());
    return new BlobReader(location, sums, Window.cached(path, longest));
  }

  /// To be registered with before the ledger is asked where bytes lie.
  public Readers readers() {
    return readers;
  }

  /// Why nothing is written any more; empty while the store is sound.
  public String failure() {
    return failStop.reason();
  }

  /// Removes garbage and writes half-empty files anew.
  public Collector collector() {
    return collector;
  }

  /// Re-reads every blob from the medium and tells `watch` of each that differs.
  public Scrub.Report scrub(Scrub.Watch watch) throws IOException {
    return scrub.run(watch);
  }

  /// Re-reads every blob from the medium and tells `damage` of each that differs.
  public Scrub.Report scrub(Consumer<Scrub.Damage> damage) throws IOException {
    return scrub(Scrub.Watch.telling(damage));
  }

  boolean busy(UUID file) {
    return packs.busy(file);
  }

  @Override
  public void close() throws IOException {
    packs.close();
    directory.close();
  }

  private Staged pack(int length, InputStream body) throws IOException {
    int cost = Math.ceilDiv(length, KIB);
    acquire(cost);
    try {
      byte[] bytes = new byte[length];
      int count = body.readNBytes(bytes, 0, length);
      if (count < length) {
        throw new EOFException("the body ended after %d of %d bytes".formatted(count, length));
      }
      EndOfBody.expect(body, length);
      Location location = packs.append(bytes, length);
      Runnable settled = () -> packs.settled(location);
      return Staged.blob(location, ChunkSums.over(bytes, length), settled, settled);
    } finally {
      budget.release(cost);
    }
  }

  private void acquire(int cost) throws IOException {
    try {
      budget.acquire(cost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for memory", e);
    }
  }
}
