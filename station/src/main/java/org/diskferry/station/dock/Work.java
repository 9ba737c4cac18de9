package org.diskferry.station.dock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import org.diskferry.job.SignatureFile;
import org.diskferry.job.dispatch.EraseProof;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.dispatch.Instruction;
import org.diskferry.job.dispatch.LoadSummary;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.dispatch.StationReport;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.stack.Hints;
import org.diskferry.media.wipe.Tombstone;
import org.diskferry.mkfs.partition.FillMark;
import org.diskferry.station.fill.FillJob;
import org.diskferry.station.fill.FillResult;
import org.diskferry.station.load.LoadJob;
import org.diskferry.station.load.LoadResult;
import org.diskferry.station.load.ProofResult;
import org.diskferry.station.task.Steering;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done with a device that was admitted: one order after the other, until it is let go.
final class Work {
  private static final Logger LOG = LoggerFactory.getLogger(Work.class);

  /// How soon an instruction is followed while nothing else is to be done.
  private static final Duration GLANCE = Duration.ofMillis(200);

  private final Station station;
  private final Guest guest;
  private final Board board;
  private final Pulse pulse;
  private final BooleanSupplier leaving;
  private @Nullable WorkOrder done;

  /// Whether the last order ended in a hold: the same order again then means to try again.
  private boolean held;

  Work(Station station, Guest guest, Board board, Pulse pulse, BooleanSupplier leaving) {
    this.station = station;
    this.guest = guest;
    this.board = board;
    this.pulse = pulse;
    this.leaving = leaving;
  }

  /// Follows `first` and what comes after it.
  void follow(WorkOrder first) throws IOException, InterruptedException {
    Optional<WorkOrder> order = Optional.of(first);
    while (order.isPresent()) {
      held = false;
      try {
        carryOut(order.get());
      } catch (MediaException e) {
        fail(e);
      }
      done = order.get();
      order = next();
    }
  }

  private void carryOut(WorkOrder order) throws MediaException, IOException, InterruptedException {
    switch (order) {
      case WorkOrder.Load load -> load(load);
      case WorkOrder.Fill fill -> fill(fill);
      case WorkOrder.FinishErase(var job, _, var proof, var mac) ->
          erasing().run(new Tombstone(job.value(), proof, mac));
      case WorkOrder.Keep(_, _, var why) -> board.show("on hold", why);
    }
  }

  private void load(WorkOrder.Load order) throws MediaException, IOException, InterruptedException {
    board.show("loading", "");
    report(new StationReport.LoadStarted(order.revision()));
    try (Encryption encryption = Encryption.of(order, leaving::getAsBoolean, this::trying)) {
      DeviceStack stack = DeviceStack.open(guest.device(), Bounds.GENEROUS, encryption.hints());
      board.show("loading", "");
      Optional<String> refusal = encryption.refusal(stack, this::isSigned);
      if (leaving.getAsBoolean()) {
        board.show("abandoned", "");
      } else if (refusal.isPresent()) {
        hold(HoldReason.CANNOT_DECRYPT, refusal.get());
      } else {
        load(order, stack, encryption.hints());
      }
    }
  }

  private void trying(long done, long all) {
    board.show("unlocking", "trying the password: %d %%".formatted(100 * done / Math.max(1, all)));
  }

  private boolean isSigned(SignatureFile file) throws InterruptedException {
    return station.server().ask(dispatch -> dispatch.isSigned(guest.lease(), file));
  }

  private void load(WorkOrder.Load order, DeviceStack stack, Hints hints)
      throws MediaException, IOException, InterruptedException {
    LoadJob job =
        new LoadJob(
            order,
            guest.device(),
            guest.identity(),
            stack.volumes(),
            stack.unread(),
            folder(),
            hints);
    switch (station.loader().load(job, new Course())) {
      case LoadResult.Done(var summary, var errors) -> loaded(job, summary, errors);
      case LoadResult.Stopped(var reason, var message) -> hold(reason, message);
      case LoadResult.Canceled(var summary) -> {
        report(new StationReport.Canceled(summary));
        board.show("on hold", "cancelled by the customer after " + summary.files() + " files");
      }
      case LoadResult.Abandoned _ -> board.show("abandoned", "");
    }
  }

  private void loaded(LoadJob job, LoadSummary summary, List<String> errors)
      throws MediaException, IOException, InterruptedException {
    report(new StationReport.Loaded(job.order().revision(), summary));
    if (summary.errors() > 0 && !job.order().rowsWaived()) {
      board.show(
          "on hold",
          summary.errors()
              + " rows of the log are errors: the manifest is mended or they are waived; "
              + String.join("; ", errors));
      return;
    }
    switch (station.loader().prove(job, new Course())) {
      case ProofResult.NotProven(var message) -> hold(HoldReason.PROOF_FAILED, message);
      case ProofResult.Proven(var proof) -> erase(proof);
      case ProofResult.Abandoned _ -> board.show("abandoned", "");
    }
  }

  private void fill(WorkOrder.Fill order) throws MediaException, IOException, InterruptedException {
    if (order.locked()) {
      hold(
          HoldReason.LOCKED,
          "The device has a lock of its own: it is to be opened with the pinCode, and that confirmed"
              + " at the dock, before anything is written.");
      return;
    }
    board.show("filling", "");
    report(new StationReport.LoadStarted(order.revision()));
    FillJob job = new FillJob(order, guest.device(), guest.identity(), folder());
    switch (station.exporter().fill(job, new Course())) {
      case FillResult.Done(var summary) -> {
        report(new StationReport.Filled(order.revision(), summary));
        FillMark.clear(guest.device());
        board.show("done", filled(summary));
      }
      case FillResult.Stopped(var reason, var message) -> hold(reason, message);
      case FillResult.Canceled(var summary) -> {
        report(new StationReport.Canceled(summary));
        board.show("on hold", "cancelled by the customer after " + summary.files() + " objects");
      }
      case FillResult.Abandoned _ -> board.show("abandoned", "");
    }
  }

  private static String filled(LoadSummary summary) {
    String errors =
        summary.errors() == 0 ? "" : "; %d rows of the log are errors".formatted(summary.errors());
    return "%d objects are on the device%s; it may leave".formatted(summary.files(), errors);
  }

  private void erase(EraseProof proof) throws MediaException, InterruptedException {
    erasing().authorizeAndRun(proof);
  }

  private Erasing erasing() {
    return new Erasing(station, guest, board);
  }

  private void hold(HoldReason reason, String message) throws InterruptedException {
    held = true;
    report(new StationReport.Held(reason, message));
    board.show("on hold", message);
  }

  private void fail(MediaException e) throws InterruptedException {
    if (e.trouble() == Trouble.GONE) {
      report(new StationReport.DeviceFailed(e.getMessage()));
      board.show("failed", e.getMessage());
    } else {
      hold(HoldReason.UNREADABLE_FILE_SYSTEM, e.getMessage());
    }
  }

  private void report(StationReport report) throws InterruptedException {
    station.server().tell(dispatch -> dispatch.report(guest.lease(), report));
  }

  // Waits for the next order; empty when the device is to be let go.
  private Optional<WorkOrder> next() throws InterruptedException {
    while (!leaving.getAsBoolean()) {
      switch (pulse.take()) {
        case Instruction.Follow(var order) -> {
          // An order that crossed our report on the way may come a second time.
          if (!isSame(order, done)) {
            return Optional.of(order);
          }
        }
        case Instruction.Release _ -> {
          unmark();
          board.show("released", "the device goes back as it is");
          leave();
          return Optional.empty();
        }
        case Instruction.Lost _ -> {
          board.show("released", "another bay has the device now");
          return Optional.empty();
        }
        // What is not being loaded cannot be stopped.
        case Instruction.Cancel _, Instruction.Continue _ -> Thread.sleep(GLANCE);
      }
    }
    leave();
    return Optional.empty();
  }

  private boolean isSame(WorkOrder order, @Nullable WorkOrder done) {
    return switch (order) {
      case WorkOrder.Load now ->
          done instanceof WorkOrder.Load before
              && now.revision() == before.revision()
              && now.rowsWaived() == before.rowsWaived();
      case WorkOrder.Fill now ->
          !held
              && done instanceof WorkOrder.Fill before
              && now.revision() == before.revision()
              && now.locked() == before.locked();
      case WorkOrder.FinishErase _, WorkOrder.Keep _ -> false;
    };
  }

  // It goes back to somebody who may send it again, for another job.
  private void unmark() {
    try {
      if (FillMark.read(guest.device()).isPresent()) {
        FillMark.clear(guest.device());
      }
    } catch (MediaException e) {
      LOG.warn("{}: the mark of its filling stays: {}", guest.bay().path(), e.getMessage());
    }
  }

  private void leave() throws InterruptedException {
    station.server().tell(dispatch -> dispatch.detach(guest.lease()));
  }

  // One folder for each job and device: the same device finds its own journal in any bay.
  private Path folder() {
    CRC32C crc = new CRC32C();
    crc.update(guest.identity().fingerprint().getBytes(StandardCharsets.UTF_8));
    String device = HexFormat.of().toHexDigits((int) crc.getValue());
    return station.folder().resolve(guest.lease().job() + "-" + device);
  }

  /// How a load is steered: by the last instruction, and by whoever takes the device out of the
  /// bay.
  private final class Course implements Steering {
    @Override
    public void progress(Progress progress) {
      board.progress(progress);
    }

    @Override
    public boolean isCanceled() {
      return pulse.instruction() instanceof Instruction.Cancel;
    }

    @Override
    public boolean isAbandoned() {
      return leaving.getAsBoolean() || pulse.instruction() instanceof Instruction.Lost;
    }
  }
}
