package org.diskferry.station.fill;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.diskferry.job.dispatch.Progress.Phase;
import org.diskferry.job.naming.ExportName;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.Reservation;
import org.diskferry.mkfs.VolumeWriter;
import org.diskferry.station.journal.Fact;
import org.diskferry.station.task.AbandonedException;
import org.diskferry.station.task.Patience;
import org.diskferry.station.task.Steering;
import org.diskferry.station.task.Tally;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;

/// Fills a volume that is open: room is made for one object after the other, in the order of the
/// export and before its first byte is fetched, while many are on their way. So what is on the
/// device is a prefix of that order, however fast each of them comes.
final class Packing {
  /// Status of what does not fit any more. Guide, "AWS Import/Export Log Status Codes".
  static final int DISK_FULL = 499;

  private static final int UNWRITABLE = 508;

  /// How often whoever waits looks whether it should stop.
  private static final long GLANCE_MILLIS = 200;

  private final FillBench bench;
  private final VolumeWriter volume;
  private final FillSettings settings;
  private final InstantSource clock;
  private final Steering steering;
  private final Tally tally;
  private final Crew crew;
  private final List<Fact> pending = new ArrayList<>();
  private long reservedSince;
  private Instant checkpointed;

  private Packing(
      FillBench bench,
      VolumeWriter volume,
      FillSettings settings,
      InstantSource clock,
      Steering steering,
      Tally tally,
      Crew crew) {
    this.bench = bench;
    this.volume = volume;
    this.settings = settings;
    this.clock = clock;
    this.steering = steering;
    this.tally = tally;
    this.crew = crew;
    this.checkpointed = clock.instant();
  }

  /// Where objects come from.
  ///
  /// @param patience makes one for each lane
  record Source(ObjectStore store, Supplier<Patience> patience) {}

  /// Packs what has no outcome yet, as far as it fits, and makes all of it durable. Ends early when
  /// the customer cancelled.
  ///
  /// @throws AbandonedException when told to stop at once
  static void run(
      FillBench bench,
      VolumeWriter volume,
      Source source,
      FillSettings settings,
      InstantSource clock,
      Steering steering)
      throws StoreException, MkfsException, IOException {
    Selection.Totals totals = bench.selection().totals();
    Tally tally = new Tally(steering, Phase.FILL, totals.objects(), totals.bytes());
    int revision = bench.job().order().revision();
    try (Crew crew =
        new Crew(
            settings.lanes(),
            () ->
                new Fetching(
                    source.store(),
                    volume,
                    source.patience().get(),
                    steering,
                    tally,
                    clock,
                    revision,
                    settings.chunkBytes()))) {
      new Packing(bench, volume, settings, clock, steering, tally, crew).pack();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AbandonedException();
    }
  }

  private void pack() throws StoreException, MkfsException, IOException, InterruptedException {
    try (Destinations destinations = bench.destinations()) {
      while (!steering.isCanceled() && destinations.advance()) {
        requireWanted();
        Destinations.Destination next = destinations.take();
        Optional<Fact> outcome = bench.outcome(next.wish().number());
        if (outcome.isEmpty() ? !begin(next) : !skip(next.wish(), outcome.get())) {
          break;
        }
        if (isCheckpointDue()) {
          checkpoint();
        }
      }
    }
    while (!crew.rest(GLANCE_MILLIS)) {
      requireWanted();
      if (isCheckpointDue()) {
        checkpoint();
      }
    }
    checkpoint();
  }

  // What a run before this one has done; false where it found the device full.
  private boolean skip(Wish wish, Fact outcome) {
    if (outcome instanceof Fact.Written) {
      tally.bytesDone(wish.size());
      tally.fileDone();
    }
    return !isFull(outcome);
  }

  /// Whether behind this row nothing is on the device any more.
  static boolean isFull(Fact outcome) {
    return outcome instanceof Fact.Failed failed && failed.status() == DISK_FULL;
  }

  private boolean begin(Destinations.Destination next)
      throws StoreException, MkfsException, IOException, InterruptedException {
    return switch (next.name()) {
      case ExportName.Refused(var status, var code, var reason) -> {
        pending.add(failed(next.wish(), status, code, reason));
        yield true;
      }
      case ExportName.Placed placed -> begin(next.wish(), new FilePath(placed.names()));
    };
  }

  private boolean begin(Wish wish, FilePath path)
      throws StoreException, MkfsException, IOException, InterruptedException {
    return switch (reserve(wish, path)) {
      case Reservation.Reserved(var file) -> {
        give(new Goods(wish, path, file));
        yield true;
      }
      case Reservation.Refused(var reason) -> {
        pending.add(failed(wish, UNWRITABLE, "UnableToWrite", reason));
        yield true;
      }
      case Reservation.Full _ -> {
        pending.add(
            failed(
                wish,
                DISK_FULL,
                "DiskFull",
                "the device is full from %s on".formatted(wish.name())));
        yield false;
      }
    };
  }

  // One of those on their way may turn out not to come, and give its room back: had they come one
  // by
  // one, this one would have had it.
  private Reservation reserve(Wish wish, FilePath path)
      throws StoreException, MkfsException, IOException, InterruptedException {
    long failedBefore = crew.failedRows();
    Reservation first = volume.reserve(path, wish.size(), wish.modified());
    if (!(first instanceof Reservation.Full)) {
      return first;
    }
    boolean resting = false;
    while (!resting) {
      requireWanted();
      resting = crew.rest(GLANCE_MILLIS);
    }
    return crew.failedRows() == failedBefore
        ? first
        : volume.reserve(path, wish.size(), wish.modified());
  }

  private void give(Goods goods)
      throws StoreException, MkfsException, IOException, InterruptedException {
    while (!crew.give(goods, GLANCE_MILLIS)) {
      requireWanted();
      if (isCheckpointDue()) {
        checkpoint();
      }
    }
    reservedSince += goods.wish().size();
  }

  private Fact.Failed failed(Wish wish, int status, String code, String reason) {
    return new Fact.Failed(
        wish.number(), bench.job().order().revision(), clock.instant(), status, code, reason);
  }

  private boolean isCheckpointDue() {
    return reservedSince >= settings.checkpointBytes()
        || !clock.instant().isBefore(checkpointed.plus(settings.checkpointEvery()));
  }

  // First the files are durable, then it is written down that they are.
  private void checkpoint() throws MkfsException, IOException {
    List<Fact> facts = new ArrayList<>(crew.takeDone());
    facts.addAll(pending);
    pending.clear();
    volume.checkpoint();
    bench.journal().appendAll(facts);
    reservedSince = 0;
    checkpointed = clock.instant();
  }

  private void requireWanted() throws AbandonedException {
    if (steering.isAbandoned()) {
      throw new AbandonedException();
    }
  }
}
