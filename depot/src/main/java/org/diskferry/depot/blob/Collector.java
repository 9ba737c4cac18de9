package org.diskferry.depot.blob;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives room back: unlinks files that hold no blob any more, after a grace time and after every
/// reader that could want them has ended; and moves the blobs of packed files that are mostly dead.
public final class Collector {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

  /// Between the last blob's end and the unlinking: an operator who deleted the wrong thing can
  /// stop the service and still finds the bytes.
  private static final Duration GRACE = Duration.ofMinutes(15);

  private static final int PAGE = 1000;

  /// Packed files smaller than this are leftovers of restarts, to be merged.
  private static final long TINY = PackWriter.FULL / 64;

  private final Blobs blobs;
  private final Directory directory;
  private final Disk disk;
  private final Ledger ledger;
  private final Readers readers;
  private final InstantSource clock;

  Collector(
      Blobs blobs,
      Directory directory,
      Disk disk,
      Ledger ledger,
      Readers readers,
      InstantSource clock) {
    this.blobs = blobs;
    this.directory = directory;
    this.disk = disk;
    this.ledger = ledger;
    this.readers = readers;
    this.clock = clock;
  }

  /// Unlinks what is due; answers how many files.
  public int unlink() throws IOException {
    Instant graceEnd = clock.instant().minus(GRACE);
    Instant oldest = readers.oldest();
    Instant limit = graceEnd.isBefore(oldest) ? graceEnd : oldest;
    int count = 0;
    List<Ledger.Garbage> page = ledger.garbage(limit, PAGE);
    while (!page.isEmpty()) {
      for (Ledger.Garbage garbage : page) {
        disk.delete(directory.path(garbage.file(), garbage.packed()));
      }
      ledger.removed(page.stream().map(Ledger.Garbage::file).toList());
      count += page.size();
      page = ledger.garbage(limit, PAGE);
    }
    return count;
  }

  /// Empties packed files of which at least half is dead, and discards empty ones.
  public void compact() throws IOException {
    List<UUID> idle = idlePacks();
    Map<UUID, Long> live =
        ledger.fill(idle).stream().collect(Collectors.toMap(Ledger.Fill::file, Ledger.Fill::bytes));
    for (UUID pack : idle) {
      long size = Files.size(directory.path(pack, true));
      long alive = live.getOrDefault(pack, 0L);
      if (alive * 2 <= size || size < TINY) {
        empty(pack, alive);
      }
    }
  }

  private void empty(UUID pack, long alive) throws IOException {
    if (alive > 0) {
      LOG.info("moving {} bytes out of packed file {}", alive, pack);
    }
    for (Ledger.Blob blob : ledger.blobsIn(pack)) {
      move(blob);
    }
    if (ledger.blobsIn(pack).isEmpty()) {
      ledger.discard(pack, true, clock.instant());
    }
  }

  private void move(Ledger.Blob blob) throws IOException {
    Location from = blob.location();
    try (BlobReader reader = blobs.open(from, blob.sums());
        Staged copy = blobs.stage(from.length(), new BlobStream(reader, from.length()))) {
      if (ledger.move(blob.id(), copy.location())) {
        copy.keep();
      }
    } catch (BlobException e) {
      switch (e.trouble()) {
        case DAMAGED -> LOG.error("blob {} stays where it is: {}", blob.id(), e.getMessage());
        case FULL, FAILED -> throw e;
      }
    }
  }

  private List<UUID> idlePacks() throws IOException {
    List<UUID> idle = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.packed())) {
      for (Path file : files) {
        UUID name = UUID.fromString(file.getFileName().toString());
        if (!blobs.busy(name)) {
          idle.add(name);
        }
      }
    }
    return idle;
  }
}
