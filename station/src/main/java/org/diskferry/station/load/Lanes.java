package org.diskferry.station.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.diskferry.media.MediaException;
import org.diskferry.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The same work on several virtual threads, until it is done or one of them fails. None is
/// interrupted: what is under way ends by itself, within the store's deadlines.
final class Lanes {

  private Lanes() {}

  /// Asked again and again by each lane.
  @FunctionalInterface
  interface Step {
    /// Does one thing; false when there is nothing more to do.
    boolean take() throws MediaException, StoreException, IOException;
  }

  static void run(int count, Step step) throws MediaException, StoreException, IOException {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Thread> lanes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lanes.add(Thread.ofVirtual().start(() -> lane(step, failure)));
    }
    joinAll(lanes);
    rethrow(failure.get());
  }

  private static void lane(Step step, AtomicReference<@Nullable Throwable> failure) {
    try {
      boolean more = true;
      while (more && failure.get() == null) {
        more = step.take();
      }
    } catch (MediaException | StoreException | IOException | RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  static void joinAll(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static void rethrow(@Nullable Throwable failure)
      throws MediaException, StoreException, IOException {
    switch (failure) {
      case null -> {}
      case MediaException e -> throw e;
      case StoreException e -> throw e;
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
