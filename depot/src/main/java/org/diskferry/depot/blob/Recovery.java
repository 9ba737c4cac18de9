package org.diskferry.depot.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Start-up: brings the directory back to what the ledger says. Only runs while the directory is
/// locked and nothing is being written, so that a file the ledger does not know is nobody's.
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  /// Names that are asked for at a time.
  private static final int PAGE = 1000;

  private final Directory directory;
  private final Disk disk;
  private final Ledger ledger;

  Recovery(Directory directory, Disk disk, Ledger ledger) {
    this.directory = directory;
    this.disk = disk;
    this.ledger = ledger;
  }

  void run() throws IOException {
    identify();
    for (Path unfinished : names(directory.incoming())) {
      disk.delete(unfinished);
    }
    int removed = 0;
    for (Path room : directory.looseRooms()) {
      removed += removeUnknown(room);
    }
    removed += removeUnknown(directory.packed());
    for (Path pack : names(directory.packed())) {
      trim(pack);
    }
    LOG.info("depot directory checked, {} unfinished files removed", removed);
  }

  /// A directory and a ledger that do not belong together would lose every blob here.
  private void identify() throws IOException {
    UUID ours = directory.identity().orElseGet(UUID::randomUUID);
    UUID theirs = ledger.identify(ours);
    if (!ours.equals(theirs)) {
      throw new IOException(
          "the depot's directory (%s) and its index (%s) do not belong together; nothing was changed"
              .formatted(
                  directory.identity().map(id -> "named " + id).orElse("empty"),
                  "of directory " + theirs));
    }
    if (directory.identity().isEmpty()) {
      directory.identify(ours, disk);
    }
  }

  private int removeUnknown(Path room) throws IOException {
    List<Path> all = names(room);
    int removed = 0;
    for (int from = 0; from < all.size(); from += PAGE) {
      List<Path> page = all.subList(from, Math.min(all.size(), from + PAGE));
      Set<UUID> unknown = ledger.unknown(page.stream().map(Recovery::name).toList());
      for (Path file : page) {
        if (unknown.contains(name(file))) {
          disk.delete(file);
          removed++;
        }
      }
    }
    return removed;
  }

  /// Cuts off what was appended and never made it into the ledger.
  private void trim(Path pack) throws IOException {
    long end = ledger.packedEnd(name(pack));
    long size = Files.size(pack);
    if (size < end) {
      LOG.error("packed file {} has {} bytes of {}: blobs are lost, run a scrub", pack, size, end);
    } else if (size > end) {
      try (FileChannel file = FileChannel.open(pack, StandardOpenOption.WRITE)) {
        disk.cut(file, end);
      }
    }
  }

  private static List<Path> names(Path room) throws IOException {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(room)) {
      files.forEach(names::add);
    }
    return names;
  }

  private static UUID name(Path file) {
    return UUID.fromString(file.getFileName().toString());
  }
}
