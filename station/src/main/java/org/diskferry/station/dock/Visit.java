package org.diskferry.station.dock;

import java.io.IOException;
import org.diskferry.job.dispatch.Admission;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.RescueLimits;
import org.diskferry.media.block.RescuingDevice;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.block.linux.Identity;
import org.diskferry.media.stack.DeviceStack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stay of one device in one bay, from being opened to being let go, on a thread of its own.
///
/// One descriptor is held from the first look to the last zero. Between two steps the visit may end
/// at any moment, by a kill or by a pulled plug: everything that matters is in the server's events,
/// in the job's folder, or in sector 0, and the next visit goes on from there.
final class Visit implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Visit.class);

  private final Bay bay;
  private final Station station;
  private final Board board;
  private volatile boolean leaving;

  Visit(Bay bay, Station station) {
    this.bay = bay;
    this.station = station;
    this.board = new Board(bay.path().toString());
  }

  Bay bay() {
    return bay;
  }

  /// What the bay shows.
  BayState state() {
    return board.state();
  }

  /// Whether the device was let go.
  boolean isOver() {
    return board.isOver();
  }

  /// Makes the device leave at the next step; what is being loaded is abandoned as by a sudden end.
  void leave() {
    leaving = true;
  }

  @Override
  public void run() {
    try (BlockDevice disk = station.opening().open(bay.path())) {
      RescuingDevice device = new RescuingDevice(disk, RescueLimits.DEFAULT, System::nanoTime);
      Identity identity = Devices.identify(bay.path());
      receive(
          device,
          new DeviceIdentity(identity.fingerprint(), identity.description(), device.size()));
    } catch (IOException e) {
      LOG.warn("bay {}: {}", bay.path(), e.toString());
      board.show("refused", String.valueOf(e.getMessage()));
    } catch (MediaException e) {
      LOG.warn("bay {}: {}", bay.path(), e.getMessage());
      board.show("failed", e.getMessage());
    } catch (InterruptedException e) {
      board.show("failed", "the station stopped");
    } catch (RuntimeException e) {
      LOG.error("bay {}: a mistake of ours", bay.path(), e);
      board.show("failed", "a mistake of ours, see the station's log: " + e);
    } finally {
      board.over();
    }
  }

  private void receive(RescuingDevice device, DeviceIdentity identity)
      throws MediaException, IOException, InterruptedException {
    board.device(identity.description());
    DeviceStack stack = DeviceStack.open(device, Bounds.GENEROUS);
    Sight sight = Sight.of(device, stack, bay.binding());
    Admission admission =
        station.server().ask(d -> d.admit(station.name(), identity, sight.claim()));
    switch (admission) {
      case Admission.Refused(var code, var reason) -> {
        LOG.info("bay {}: refused: {}: {}", bay.path(), code, reason);
        board.show("refused", code + ": " + reason);
      }
      case Admission.Admitted(var lease, var order) -> {
        LOG.info("bay {}: {} is job {}'s", bay.path(), identity.description(), lease.job());
        board.job(lease.job().value());
        Guest guest = new Guest(bay, device, identity, stack, sight, lease);
        try (Pulse pulse = new Pulse(station, lease, board)) {
          new Work(station, guest, board, pulse, () -> leaving).follow(order);
        }
      }
    }
  }
}
