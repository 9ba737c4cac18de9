package org.diskferry.station.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.diskferry.media.MediaException;
import org.jspecify.annotations.Nullable;

/// The one thread that touches a device. Others ask it; it answers in the order of the medium,
/// upwards from where it is and then again from the start, so that a disk seeks little and nobody
/// starves. It is never interrupted: that would close the device.
final class DeviceReader implements AutoCloseable {
  /// A request that has waited longer goes first, wherever it lies: a connection that waits for its
  /// bytes must not time out because another file is being streamed.
  private static final long PATIENCE_NANOS = 500_000_000L;

  private final List<Request<?>> waiting = new ArrayList<>();
  private final LongSupplier nanoClock;
  private final Thread thread;
  private long head;
  private boolean closed;

  /// Something to do on the device.
  @FunctionalInterface
  interface DeviceTask<T> {
    T run() throws MediaException;
  }

  private record Request<T>(
      long address, long sinceNanos, DeviceTask<T> task, CompletableFuture<T> answer) {

    void run() {
      try {
        answer.complete(task.run());
      } catch (MediaException | RuntimeException | Error e) {
        answer.completeExceptionally(e);
      }
    }
  }

  DeviceReader() {
    this(System::nanoTime);
  }

  /// With a clock of its own, in nanoseconds from any moment.
  DeviceReader(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    thread = Thread.ofPlatform().name("device-reader").daemon().start(this::serve);
  }

  /// Has `task` done, which begins at byte `address` of the device.
  <T> CompletableFuture<T> ask(long address, DeviceTask<T> task) {
    Request<T> request =
        new Request<>(address, nanoClock.getAsLong(), task, new CompletableFuture<>());
    synchronized (waiting) {
      if (closed) {
        throw new IllegalStateException("the reader is closed");
      }
      waiting.add(request);
      waiting.notifyAll();
    }
    return request.answer();
  }

  /// Likewise, and waits for the answer.
  <T> T await(long address, DeviceTask<T> task) throws MediaException {
    return answer(ask(address, task));
  }

  /// Waits for an answer.
  static <T> T answer(CompletableFuture<T> asked) throws MediaException {
    try {
      return asked.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof MediaException media) {
        throw media;
      }
      throw e;
    }
  }

  private void serve() {
    for (Request<?> next = next(); next != null; next = next()) {
      next.run();
    }
  }

  private @Nullable Request<?> next() {
    synchronized (waiting) {
      while (waiting.isEmpty() && !closed) {
        try {
          waiting.wait();
        } catch (InterruptedException e) {
          throw new IllegalStateException("nobody interrupts the reader", e);
        }
      }
      if (waiting.isEmpty()) {
        return null;
      }
      Request<?> chosen = choose();
      waiting.remove(chosen);
      head = chosen.address();
      return chosen;
    }
  }

  // There are never more requests than lanes, so that looking at all of them costs nothing.
  private Request<?> choose() {
    Request<?> oldest = waiting.getFirst();
    if (nanoClock.getAsLong() - oldest.sinceNanos() > PATIENCE_NANOS) {
      return oldest;
    }
    Request<?> best = oldest;
    for (Request<?> request : waiting) {
      if (distance(request) < distance(best)) {
        best = request;
      }
    }
    return best;
  }

  // Behind the head is further than anything before it.
  private long distance(Request<?> request) {
    long ahead = request.address() - head;
    return ahead >= 0 ? ahead : ahead + Long.MAX_VALUE;
  }

  /// Answers what is waiting, then ends; returns when the device is left alone.
  @Override
  public void close() {
    synchronized (waiting) {
      closed = true;
      waiting.notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
