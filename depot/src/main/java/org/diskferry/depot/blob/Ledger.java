package org.diskferry.depot.blob;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What is written of blobs elsewhere, durably: which exist, and which files are garbage. All
/// methods fail with an unchecked exception when the ledger cannot be reached.
public interface Ledger {

  /// The name of the directory that this ledger is of: the one that was given first, ever.
  UUID identify(UUID proposed);

  /// Those of `files` of which the ledger knows nothing, neither a blob nor that they are garbage.
  Set<UUID> unknown(Collection<UUID> files);

  /// End of the last blob in a packed file; 0 where it holds none.
  long packedEnd(UUID file);

  /// Bytes of blobs in each of `files`, that hold at least one.
  List<Fill> fill(Collection<UUID> files);

  /// The blobs in a packed file.
  List<Blob> blobsIn(UUID file);

  /// Writes down that a blob has moved, unless it is gone; says whether it did.
  boolean move(long blob, Location to);

  /// Writes down that a file holds no blob any more.
  void discard(UUID file, boolean packed, Instant now);

  /// Files that have held no blob since before `limit`, at most so many.
  List<Garbage> garbage(Instant limit, int most);

  /// The garbage is gone.
  void removed(Collection<UUID> files);

  /// Blobs with ids above `after`, in order of id, at most so many: for going through all.
  List<Blob> blobsAfter(long after, int most);

  /// All blobs together.
  Total total();

  /// What belongs to a blob, in words for the operator; empty when nothing does any more.
  List<String> owners(long blob);

  /// One blob as it is written down.
  record Blob(long id, Location location, ChunkSums sums) {}

  /// Blobs and their bytes.
  record Total(long blobs, long bytes) {}

  /// Bytes of blobs in a file.
  record Fill(UUID file, long bytes) {}

  /// A file without blobs.
  record Garbage(UUID file, boolean packed) {}
}
