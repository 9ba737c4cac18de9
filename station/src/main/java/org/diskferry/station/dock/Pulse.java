package org.diskferry.station.dock;

import java.util.concurrent.atomic.AtomicReference;
import org.diskferry.job.dispatch.DispatchException;
import org.diskferry.job.dispatch.Instruction;
import org.diskferry.job.dispatch.Lease;
import org.diskferry.job.dispatch.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one lease alive from a thread of its own, whatever the visit is busy with: tells what the
/// board shows and holds the last instruction that it brought home.
final class Pulse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

  private final Station station;
  private final Lease lease;
  private final Board board;
  private final AtomicReference<Instruction> instruction =
      new AtomicReference<>(new Instruction.Continue());
  private final Speedometer speed = new Speedometer();
  private final Thread thread;
  private volatile boolean stopped;

  Pulse(Station station, Lease lease, Board board) {
    this.station = station;
    this.lease = lease;
    this.board = board;
    this.thread = Thread.ofVirtual().name("pulse " + lease.job()).start(this::beat);
  }

  /// The last instruction; it stays until it is taken.
  Instruction instruction() {
    return instruction.get();
  }

  /// The instruction, to be followed: from here on it is `Continue` until the next one comes.
  Instruction take() {
    return instruction.getAndSet(new Instruction.Continue());
  }

  private void beat() {
    while (!stopped) {
      try {
        Progress progress = board.state().progress();
        board.pace(speed.at(station.clock().instant(), progress));
        Instruction answer = station.server().dispatch().beat(lease, progress);
        if (!(answer instanceof Instruction.Continue)) {
          instruction.set(answer);
        }
      } catch (DispatchException e) {
        LOG.warn("job {}: the server could not be asked: {}", lease.job(), e.toString());
      }
      try {
        Thread.sleep(station.beat());
      } catch (InterruptedException e) {
        // Only close() interrupts: the visit is over.
        return;
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
  }
}
