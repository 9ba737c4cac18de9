package org.diskferry.station.fill;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.station.journal.Fact;
import org.diskferry.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The lanes that bring objects to the device, at the same time and in any order. They are given
/// work by one thread, which also takes away what came of it. The first failure ends all: what was
/// being written then counts for nothing.
///
/// Platform threads: writes to a device are native calls, which would hold a carrier of virtual
/// ones.
final class Crew implements AutoCloseable {
  private final List<Thread> lanes = new ArrayList<>();
  private final int most;
  private final Queue<Goods> waiting = new ArrayDeque<>();
  private List<Fact> done = new ArrayList<>();
  private int busy;
  private long failedRows;
  private boolean over;
  private @Nullable Exception failure;

  /// Lanes that wait for work.
  ///
  /// @param fetching makes what each lane brings objects by
  Crew(int lanes, Supplier<Fetching> fetching) {
    this.most = 2 * lanes;
    for (int i = 0; i < lanes; i++) {
      Fetching one = fetching.get();
      this.lanes.add(Thread.ofPlatform().name("fill-" + i).daemon().start(() -> work(one)));
    }
  }

  private void work(Fetching fetching) {
    try {
      for (Goods goods = next(); goods != null; goods = next()) {
        finish(fetching.bring(goods));
      }
    } catch (StoreException | MkfsException | IOException | RuntimeException e) {
      fail(e);
    } catch (InterruptedException e) {
      fail(new IllegalStateException("nobody interrupts a lane", e));
    }
  }

  private synchronized @Nullable Goods next() throws InterruptedException {
    while (waiting.isEmpty() && !over && failure == null) {
      wait();
    }
    if (failure != null || waiting.isEmpty()) {
      return null;
    }
    busy++;
    notifyAll();
    return waiting.remove();
  }

  private synchronized void finish(Fact fact) {
    busy--;
    failedRows += fact instanceof Fact.Failed ? 1 : 0;
    done.add(fact);
    notifyAll();
  }

  private synchronized void fail(Exception e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }

  /// Gives work; waits while there is enough of it, for so many milliseconds at most.
  ///
  /// @return false when the time was over and the work was not taken
  synchronized boolean give(Goods goods, long patience)
      throws StoreException, MkfsException, IOException, InterruptedException {
    if (!await(() -> waiting.size() < most, patience)) {
      return false;
    }
    waiting.add(goods);
    notifyAll();
    return true;
  }

  /// Waits until all that was given is done, for so many milliseconds at most.
  ///
  /// @return whether it is
  synchronized boolean rest(long patience)
      throws StoreException, MkfsException, IOException, InterruptedException {
    return await(() -> busy == 0 && waiting.isEmpty(), patience);
  }

  private synchronized boolean await(BooleanSupplier condition, long millis)
      throws StoreException, MkfsException, IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    rethrow();
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
      rethrow();
    }
    return true;
  }

  /// How many objects were not brought, and gave their room back.
  synchronized long failedRows() {
    return failedRows;
  }

  /// What came of the work since the last call.
  synchronized List<Fact> takeDone() {
    List<Fact> taken = done;
    done = new ArrayList<>();
    return taken;
  }

  private void rethrow() throws StoreException, MkfsException, IOException {
    switch (failure) {
      case null -> {}
      case StoreException e -> throw e;
      case MkfsException e -> throw e;
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }

  /// Ends the lanes after what they are doing now.
  @Override
  public void close() {
    synchronized (this) {
      over = true;
      waiting.clear();
      notifyAll();
    }
    boolean interrupted = false;
    for (Thread lane : lanes) {
      while (lane.isAlive()) {
        try {
          lane.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
