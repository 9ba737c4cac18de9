package org.diskferry.store.s3;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.diskferry.access.Credentials;
import org.diskferry.access.signing.Header;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.http.Answer;
import org.diskferry.store.http.Request;
import org.diskferry.store.http.SourceException;
import org.diskferry.store.http.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a call until it is done, or no longer worth trying.
final class Caller {
  private static final Logger LOG = LoggerFactory.getLogger(Caller.class);

  /// Another region, another host, another time, other credentials: once each, and once more.
  private static final int MOST_DETOURS = 5;

  /// Damage by chance does not strike twice; damage by design would for ever.
  private static final int ATTEMPTS_AT_DAMAGED = 2;

  /// Under this a refusal costs less than a round trip.
  private static final long EXPECT_ABOVE = 1 << 20;

  /// Putting parts together may take minutes, in which some stores send nothing at all.
  private static final int SLOW_FACTOR = 10;

  private final Transport transport;
  private final Signatures signatures;
  private final Places places;
  private final Throttle throttle;
  private final Backoff backoff;
  private final Limits limits;
  private final boolean expectContinue;

  Caller(
      Transport transport,
      Signatures signatures,
      Places places,
      Throttle throttle,
      Backoff backoff,
      Limits limits,
      boolean expectContinue) {
    this.transport = transport;
    this.signatures = signatures;
    this.places = places;
    this.throttle = throttle;
    this.backoff = backoff;
    this.limits = limits;
    this.expectContinue = expectContinue;
  }

  /// A good answer; everything else is thrown.
  Answer make(Call call) throws StoreException {
    Duration whole = limits.callOf(call.body().size());
    long end = System.nanoTime() + whole.toNanos();
    Optional<Place> detour = Optional.empty();
    int failures = 0;
    int pauses = 0;
    int detours = 0;
    while (true) {
      Place place = detour.orElse(places.of(call.bucket()));
      detour = Optional.empty();
      Credentials credentials = credentials(call);
      switch (attempt(call, place, credentials, end)) {
        case Verdict.Done done -> {
          throttle.succeeded();
          return done.answer();
        }
        case Verdict.Failed failed -> throw failed.failure();
        case Verdict.Again again -> {
          failures += again.slowDown() ? 0 : 1;
          if (failures >= attempts(again.failure())) {
            throw given(again.failure(), failures + " attempts");
          }
          pause(backoff.after(++pauses, again.asked()), end, again.failure());
          LOG.debug("again: {}", again.failure().getMessage());
        }
        case Verdict.Moved moved -> {
          check(++detours, moved.failure());
          detour = follow(call, place, moved);
        }
        case Verdict.Skewed skewed -> {
          check(++detours, skewed.failure());
          signatures.learnTime(skewed.theirs());
          LOG.warn("the store's clock shows {}: requests are signed for that", skewed.theirs());
        }
        case Verdict.Expired expired -> {
          check(++detours, expired.failure());
          renew(credentials, expired.failure());
        }
      }
    }
  }

  private int attempts(StoreException failure) {
    return failure.trouble() == Trouble.DAMAGED
        ? Math.min(ATTEMPTS_AT_DAMAGED, limits.attempts())
        : limits.attempts();
  }

  private static void check(int detours, StoreException failure) throws StoreException {
    if (detours > MOST_DETOURS) {
      throw given(failure, detours + " detours");
    }
  }

  private static StoreException given(StoreException failure, String after) {
    return new StoreException(
        failure.trouble(),
        failure.code(),
        failure.getMessage() + " (given up after " + after + ")",
        failure);
  }

  private Credentials credentials(Call call) throws StoreException {
    try {
      return signatures.credentials();
    } catch (IOException e) {
      throw new StoreException(Trouble.DENIED, "", call + ": no credentials: " + e.getMessage(), e);
    }
  }

  private void renew(Credentials expired, StoreException failure) throws StoreException {
    try {
      signatures.renew(expired);
    } catch (IOException e) {
      throw new StoreException(
          Trouble.DENIED, failure.code(), failure.getMessage() + ": " + e.getMessage(), e);
    }
  }

  /// Where to go for this one request, if the store named a host; the rest is learned.
  private Optional<Place> follow(Call call, Place from, Verdict.Moved moved) throws StoreException {
    boolean newRegion = places.learnRegion(call.bucket(), moved.region());
    if (moved.host().isEmpty() || moved.host().equalsIgnoreCase(from.origin().host())) {
      if (!newRegion && from.region().equals(places.of(call.bucket()).region())) {
        throw moved.failure();
      }
      return Optional.empty();
    }
    Optional<Place> there = places.at(call.bucket(), moved.host());
    if (there.isEmpty()) {
      if (newRegion) {
        return Optional.empty();
      }
      throw new StoreException(
          Trouble.REFUSED,
          moved.failure().code(),
          moved.failure().getMessage()
              + ": the store sends us to "
              + moved.host()
              + ", which is not below the configured endpoint; if that is right, configure it");
    }
    if (moved.lasting()) {
      places.learn(call.bucket(), there.get());
    }
    return there;
  }

  private Verdict attempt(Call call, Place place, Credentials credentials, long end)
      throws StoreException {
    try {
      if (!throttle.enter(end)) {
        return new Verdict.Failed(
            new StoreException(
                Trouble.UNAVAILABLE, "", call + ": the store takes fewer calls than there are"));
      }
      try {
        return sent(call, place, credentials, end);
      } finally {
        throttle.leave();
      }
    } catch (InterruptedException e) {
      throw interrupted(call, e);
    }
  }

  private Verdict sent(Call call, Place place, Credentials credentials, long end)
      throws StoreException {
    List<Header> headers = signatures.sign(call, place, credentials);
    String path = place.path(call.bucket(), call.key());
    Request request =
        new Request(
            call.method(),
            call.query().isEmpty() ? path : path + "?" + call.query(),
            headers,
            call.body(),
            call.sink().duplicate(),
            call.asksLeave() || (expectContinue && call.body().size() > EXPECT_ABOVE),
            call.slow() ? limits.idle().multipliedBy(SLOW_FACTOR) : limits.idle());
    try {
      Verdict verdict =
          Judge.of(call, transport.send(place.origin(), request, end), signatures.now());
      if (verdict instanceof Verdict.Again again && again.slowDown()) {
        throttle.slowDown();
      }
      return verdict;
    } catch (IOException e) {
      return failed(call, place, e);
    }
  }

  private static Verdict failed(Call call, Place place, IOException e) throws StoreException {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(call, e);
    }
    if (e instanceof SourceException) {
      IOException cause = e.getCause() instanceof IOException io ? io : e;
      Trouble trouble =
          cause instanceof CheckedBody.ChangedException ? Trouble.DAMAGED : Trouble.SOURCE;
      return new Verdict.Failed(
          new StoreException(trouble, "", call + ": " + e.getMessage(), cause));
    }
    StoreException failure =
        new StoreException(
            Trouble.UNAVAILABLE, "", call + ": " + place.origin() + ": " + said(e), e);
    return isDistrust(e)
        ? new Verdict.Failed(failure)
        : new Verdict.Again(failure, Duration.ZERO, false);
  }

  private static String said(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /// A certificate that is not trusted now will not be in a minute.
  private static boolean isDistrust(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }

  private static StoreException interrupted(Call call, Exception e) {
    Thread.currentThread().interrupt();
    return new StoreException(Trouble.UNAVAILABLE, "", call + ": interrupted", e);
  }

  private static void pause(Duration time, long end, StoreException failure) throws StoreException {
    if (System.nanoTime() + time.toNanos() - end > 0) {
      throw given(failure, "the time that a call may take");
    }
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          Trouble.UNAVAILABLE, failure.code(), failure.getMessage() + " (interrupted)", e);
    }
  }
}
