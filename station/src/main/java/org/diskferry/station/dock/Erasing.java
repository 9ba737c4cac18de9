package org.diskferry.station.dock;

import java.util.function.LongConsumer;
import org.diskferry.job.dispatch.EraseDecision;
import org.diskferry.job.dispatch.EraseProof;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.dispatch.Progress.Phase;
import org.diskferry.job.dispatch.StationReport;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.wipe.Eraser;
import org.diskferry.media.wipe.Erasure;
import org.diskferry.media.wipe.Tombstone;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last step: nothing is overwritten before the device has been looked at again, on the
/// descriptor that will write, and the server has said yes to exactly this device.
final class Erasing {
  private static final Logger LOG = LoggerFactory.getLogger(Erasing.class);

  private final Station station;
  private final Guest guest;
  private final Board board;

  Erasing(Station station, Guest guest, Board board) {
    this.station = station;
    this.guest = guest;
    this.board = board;
  }

  /// Shows the proof and erases where the server allows it.
  void authorizeAndRun(EraseProof proof) throws MediaException, InterruptedException {
    guest.device().dropCache();
    Sight now = Sight.of(guest.device(), guest.bay().binding());
    if (!now.equals(guest.sight())) {
      hold(
          HoldReason.PROOF_FAILED,
          "the device is not what it was when it was admitted: it was "
              + guest.sight()
              + ", it is "
              + now);
      return;
    }
    EraseDecision decision =
        station.server().ask(dispatch -> dispatch.authorizeErase(guest.lease(), proof));
    switch (decision) {
      case EraseDecision.EraseAuthorized(var id, var mac) ->
          run(new Tombstone(guest.lease().job().value(), id, mac));
      case EraseDecision.NotAuthorized(var reason, var message) -> {
        LOG.info("job {}: not erased: {}: {}", guest.lease().job(), reason, message);
        board.show("on hold", message);
      }
    }
  }

  /// Overwrites; `tombstone` holds what the server allowed.
  void run(Tombstone tombstone) throws MediaException, InterruptedException {
    report(new StationReport.EraseStarted(tombstone.proof()));
    board.show("erasing", "");
    try {
      Erasure erasure = new Eraser(guest.device(), tombstone).erase(progress());
      report(new StationReport.Erased(tombstone.proof(), erasure.bytes(), erasure.fromMedium()));
      board.progress(new Progress(Phase.DONE, 0, 0, erasure.bytes(), erasure.bytes()));
      board.show("done", "every byte reads zero; the device may leave");
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      hold(HoldReason.ERASE_FAILED, e.getMessage());
    }
  }

  private LongConsumer progress() {
    long all = 2 * guest.device().size();
    return done -> board.progress(new Progress(Phase.ERASE, 0, 0, done, all));
  }

  private void hold(HoldReason reason, String message) throws InterruptedException {
    report(new StationReport.Held(reason, message));
    board.show("on hold", message);
  }

  private void report(StationReport report) throws InterruptedException {
    station.server().tell(dispatch -> dispatch.report(guest.lease(), report));
  }
}
