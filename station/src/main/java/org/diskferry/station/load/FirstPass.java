package org.diskferry.station.load;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.RescuingDevice;
import org.diskferry.station.catalogue.Plan;
import org.diskferry.station.catalogue.Row;
import org.diskferry.station.catalogue.Rows;
import org.diskferry.station.catalogue.Verdict;
import org.diskferry.station.task.AbandonedException;
import org.diskferry.station.task.Steering;
import org.diskferry.station.task.Tally;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;

/// Reads every file of the plan and stores it: the files in the order of the medium, each lane
/// taking the next that is not done. What the medium does not give at once is left for the end: a
/// failing device may have little time left, and the healthy files come first.
final class FirstPass {
  private final Workbench bench;
  private final Steering steering;
  private Tally tally;
  private Rows rows;
  private final AtomicLong brought = new AtomicLong();

  /// A file and where it goes.
  private record Task(Row row, ObjectKey key) {}

  FirstPass(Workbench bench, Steering steering) {
    this.bench = bench;
    this.steering = steering;
    this.tally = tally();
    this.rows = bench.catalogue().inAddressOrder();
  }

  private Tally tally() {
    Plan.Totals totals = bench.plan().totals();
    return new Tally(steering, Progress.Phase.LOAD, totals.files(), totals.bytes());
  }

  /// Returns when every file is stored or has failed for good, or the customer has cancelled.
  ///
  /// @throws AbandonedException when told to stop at once
  void run(ObjectStore store, LoadSettings settings, InstantSource clock)
      throws MediaException, StoreException, IOException {
    RescuingDevice device = bench.job().device();
    HurtFiles hurt = new HurtFiles.LeftForLater();
    device.putOff(true);
    try {
      round(store, settings, clock, hurt);
    } finally {
      device.putOff(false);
    }
    if (!hurt.isEmpty()) {
      rows = bench.catalogue().inAddressOrder();
      tally = tally();
      round(store, settings, clock, new HurtFiles.Told());
    }
  }

  private void round(ObjectStore store, LoadSettings settings, InstantSource clock, HurtFiles hurt)
      throws MediaException, StoreException, IOException {
    try (DeviceReader reader = new DeviceReader()) {
      Transfer transfer =
          new Transfer(bench, store, settings, clock, reader, tally, steering, hurt);
      Lanes.run(
          settings.lanes(),
          () -> {
            Optional<Task> task = next();
            if (task.isPresent()) {
              boolean ended = transfer.bring(task.get().row(), task.get().key());
              brought.addAndGet(ended ? 1 : 0);
            }
            return task.isPresent();
          });
    }
  }

  /// Files that were brought to an end so far.
  long brought() {
    return brought.get();
  }

  private synchronized Optional<Task> next() throws IOException {
    while (rows.hasNext()) {
      if (steering.isAbandoned()) {
        throw new AbandonedException();
      }
      if (steering.isCanceled()) {
        return Optional.empty();
      }
      Row row = rows.next();
      if (bench.plan().verdict(row.number()) instanceof Verdict.Load(ObjectKey key)) {
        if (bench.outcome(row, key).isEmpty()) {
          return Optional.of(new Task(row, key));
        }
        tally.bytesDone(row.size());
        tally.fileDone();
      }
    }
    return Optional.empty();
  }
}
