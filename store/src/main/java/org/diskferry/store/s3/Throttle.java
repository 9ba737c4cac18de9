package org.diskferry.store.s3;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How many calls run at once: all that are allowed, until the store asks to slow down. Then half
/// as many, and half again as long as it goes on asking; each success earns a little back (additive
/// increase, multiplicative decrease).
final class Throttle {
  /// Calls that were under way together are told together; they count as one.
  private static final long ONE_TELLING_NANOS = Duration.ofMillis(500).toNanos();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final int most;
  private double limit;
  private int running;
  private long lastCut = System.nanoTime() - ONE_TELLING_NANOS;

  Throttle(int most) {
    this.most = most;
    this.limit = most;
  }

  /// Waits for a place until this time of `System.nanoTime`; false if there was none.
  boolean enter(long end) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (running >= (int) limit) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        room.awaitNanos(left);
      }
      running++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Gives the place back.
  void leave() {
    lock.lock();
    try {
      running--;
      room.signal();
    } finally {
      lock.unlock();
    }
  }

  /// The store did what was asked.
  void succeeded() {
    lock.lock();
    try {
      if (limit < most) {
        limit = Math.min(most, limit + 1 / limit);
        room.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The store asked to slow down.
  void slowDown() {
    lock.lock();
    try {
      long now = System.nanoTime();
      if (now - lastCut >= ONE_TELLING_NANOS) {
        lastCut = now;
        limit = Math.max(1, limit / 2);
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many calls may run at present.
  int limit() {
    lock.lock();
    try {
      return (int) limit;
    } finally {
      lock.unlock();
    }
  }
}
