package org.diskferry.station.task;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.diskferry.store.StoreException;
import org.jspecify.annotations.Nullable;

/// How long a store may fail. The store's own retries come before; this is for outages.
public final class Patience {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Duration limit;
  private final InstantSource clock;
  private final Pause pause;
  private @Nullable Instant since;
  private Duration next = FIRST_PAUSE;

  /// With a store that may fail for as long as `limit`.
  public Patience(Duration limit, InstantSource clock, Pause pause) {
    this.limit = limit;
    this.clock = clock;
    this.pause = pause;
  }

  /// Something that the store is asked for, and that may be asked for again.
  @FunctionalInterface
  public interface Request {
    /// Makes it.
    void make() throws StoreException, IOException;
  }

  /// Makes `request`, again and again until it succeeds, no attempt can help, or the time is over.
  public void with(Steering steering, Request request) throws StoreException, IOException {
    while (true) {
      try {
        request.make();
        renew();
        return;
      } catch (StoreException e) {
        bear(e, steering);
      }
    }
  }

  /// Something went well.
  public void renew() {
    since = null;
    next = FIRST_PAUSE;
  }

  /// Waits before the next attempt; throws `failure` where no attempt can help or the time is over.
  public void bear(StoreException failure, Steering steering)
      throws StoreException, AbandonedException {
    boolean passing =
        switch (failure.trouble()) {
          case UNAVAILABLE, DAMAGED, NO_SUCH_UPLOAD -> true;
          case NO_SUCH_BUCKET, DENIED, FULL -> false;
          case NO_SUCH_KEY, PRECONDITION, REFUSED, SOURCE -> false;
        };
    Instant now = clock.instant();
    Instant start = since == null ? now : since;
    since = start;
    if (!passing || !now.isBefore(start.plus(limit))) {
      throw failure;
    }
    Instant end = now.plus(next);
    while (clock.instant().isBefore(end)) {
      if (steering.isAbandoned()) {
        throw new AbandonedException();
      }
      pause.wait(FIRST_PAUSE);
    }
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
