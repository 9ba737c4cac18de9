package org.diskferry.station.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.media.MediaException;
import org.diskferry.station.catalogue.Row;
import org.diskferry.station.catalogue.Rows;
import org.diskferry.station.journal.BlockSums;
import org.diskferry.station.journal.Fact;
import org.diskferry.station.journal.Fact.Assurance;
import org.diskferry.station.report.ProofLevel;
import org.diskferry.station.task.AbandonedException;
import org.diskferry.station.task.Patience;
import org.diskferry.station.task.Steering;
import org.diskferry.station.task.Tally;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoredObject;

/// Compares what the store holds now with what was stored: a merge of its listing with the files in
/// the order of their keys; objects for which that does not vouch, or all of them where the
/// settings say so, are read back. [ProofLevel] says what each way is worth.
final class StoreProof {
  /// An object that cannot be had while the store answers is asked for once more: the store may
  /// have come back in between.
  private static final int ATTEMPTS = 2;

  private final Workbench bench;
  private final ObjectStore store;
  private final LoadSettings settings;
  private final Steering steering;
  private final Mismatches mismatches;
  private final Supplier<Patience> patience;
  private final Levels levels;
  private final BucketName bucket;
  private final Rows rows;
  private final Listing listing;
  private final Tally tally;

  /// A row that is stored, and what the listing says of its object.
  private record Claim(Row row, Fact.Stored stored, ObjectKey key, Optional<StoredObject> listed) {}

  StoreProof(
      Workbench bench,
      ObjectStore store,
      LoadSettings settings,
      Steering steering,
      Mismatches mismatches,
      Supplier<Patience> patience)
      throws IOException {
    this.bench = bench;
    this.store = store;
    this.settings = settings;
    this.steering = steering;
    this.mismatches = mismatches;
    this.patience = patience;
    this.levels = new Levels(bench.catalogue().size());
    this.bucket = bench.rules().bucket();
    this.rows = bench.plan().inKeyOrder();
    this.listing = new Listing(store, bucket, bench.plan().commonPrefix());
    this.tally =
        new Tally(
            steering,
            Progress.Phase.PROVE,
            bench.plan().totals().files(),
            bench.plan().totals().bytes());
  }

  /// Compares every file that is stored; what differs is in the mismatches.
  ///
  /// @throws AbandonedException when told to stop at once
  Levels run() throws StoreException, IOException {
    try {
      Lanes.run(settings.lanes(), this::step);
    } catch (MediaException e) {
      throw new IllegalStateException("the store's proof does not touch the device", e);
    }
    return levels;
  }

  private boolean step() throws StoreException, IOException {
    Optional<Claim> claim = next();
    if (claim.isPresent()) {
      patience.get().with(steering, () -> settle(claim.get()));
      tally.bytesDone(claim.get().row().size());
      tally.fileDone();
    }
    return claim.isPresent();
  }

  private synchronized Optional<Claim> next() throws StoreException, IOException {
    while (rows.hasNext()) {
      if (steering.isAbandoned()) {
        throw new AbandonedException();
      }
      Row row = rows.next();
      ObjectKey key = bench.key(row);
      Optional<Fact> outcome = bench.outcome(row, key);
      if (outcome.isEmpty()) {
        mismatches.add(row.path() + ": is on the device and was never loaded");
      } else if (outcome.get() instanceof Fact.Stored stored) {
        AtomicReference<Optional<StoredObject>> listed = new AtomicReference<>(Optional.empty());
        patience.get().with(steering, () -> listed.set(listing.find(key)));
        return Optional.of(new Claim(row, stored, key, listed.get()));
      }
    }
    return Optional.empty();
  }

  private void settle(Claim claim) throws StoreException, IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        compare(claim);
        return;
      } catch (StoreException e) {
        if (!isOfTheObject(claim, e)) {
          throw e;
        }
        if (attempt == ATTEMPTS) {
          mismatches.add(claim.row(), "its object cannot be read back: " + e.getMessage());
          return;
        }
      }
    }
  }

  // Whether it is this object that cannot be had, rather than the store.
  private boolean isOfTheObject(Claim claim, StoreException e) throws StoreException {
    return switch (e.trouble()) {
      case NO_SUCH_KEY, PRECONDITION, REFUSED, DAMAGED -> true;
      case UNAVAILABLE -> store.head(bucket, claim.key()).isPresent();
      case NO_SUCH_BUCKET, DENIED, FULL, NO_SUCH_UPLOAD, SOURCE -> false;
    };
  }

  private void compare(Claim claim) throws StoreException, IOException {
    Optional<StoredObject> object =
        claim.listed().isPresent() ? claim.listed() : store.head(bucket, claim.key());
    if (object.isEmpty()) {
      mismatches.add(claim.row(), "its object is not in the store any more");
    } else if (object.get().size() != claim.row().size()) {
      String sizes = claim.row().size() + " bytes, its object " + object.get().size();
      mismatches.add(claim.row(), "it has " + sizes);
    } else {
      ProofLevel level = level(claim, object.get());
      levels.set(claim.row().number(), level);
    }
  }

  private ProofLevel level(Claim claim, StoredObject object) throws StoreException, IOException {
    Fact.Stored stored = claim.stored();
    if (!settings.readBack()) {
      boolean unchanged = object.etag().equals(stored.etag());
      if (unchanged && stored.assurance() == Assurance.COMPARED) {
        return ProofLevel.CHECKSUM;
      }
      if (object.etag().equals(stored.md5())
          || (unchanged && stored.assurance() == Assurance.MATCHED)) {
        return ProofLevel.ETAG;
      }
      Optional<StoredObject> asked = store.head(bucket, claim.key());
      String expected = Checksum.base64(stored.crc32c());
      if (asked.map(StoredObject::crc32c).orElse("").equals(expected)) {
        return ProofLevel.CHECKSUM;
      }
    }
    return readBack(claim, object.etag());
  }

  private ProofLevel readBack(Claim claim, String etag) throws StoreException, IOException {
    ByteBuffer block = ByteBuffer.allocate((int) Math.min(BlockSums.BLOCK, claim.row().size()));
    for (int i = 0; i < claim.stored().blocks().count(); i++) {
      if (steering.isAbandoned()) {
        throw new AbandonedException();
      }
      long start = (long) i * BlockSums.BLOCK;
      block.clear().limit((int) Math.min(BlockSums.BLOCK, claim.row().size() - start));
      store.read(bucket, claim.key(), etag, start, block);
      CRC32C crc = new CRC32C();
      crc.update(block.flip());
      if (crc.getValue() != claim.stored().blocks().at(i)) {
        String range = start + " to " + (start + block.limit() - 1);
        mismatches.add(claim.row(), "bytes " + range + " of its object are not those of the file");
        return ProofLevel.NONE;
      }
    }
    return ProofLevel.READ_BACK;
  }
}
