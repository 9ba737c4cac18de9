package org.diskferry.app.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.diskferry.access.Credentials;
import org.diskferry.store.s3.CredentialsSource;
import org.jspecify.annotations.Nullable;

/// Credentials that are fetched when they are first needed, and again shortly before they are over
/// or when the store says that they are.
final class FetchedCredentials implements CredentialsSource {
  /// A request that was signed may wait a while before it is sent.
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final Fetch fetch;
  private final InstantSource clock;
  private Fetch.@Nullable Fetched known;

  FetchedCredentials(Fetch fetch, InstantSource clock) {
    this.fetch = fetch;
    this.clock = clock;
  }

  @Override
  public synchronized Credentials current() throws IOException {
    Fetch.Fetched now = known;
    Instant latest = clock.instant().plus(AHEAD);
    if (now == null || now.end().isBefore(latest)) {
      now = fetch.fetch();
      known = now;
    }
    return now.credentials();
  }

  @Override
  public synchronized Credentials renewed(Credentials expired) throws IOException {
    Fetch.Fetched now = known;
    if (now != null && !now.credentials().equals(expired)) {
      return now.credentials();
    }
    now = fetch.fetch();
    known = now;
    if (now.credentials().equals(expired)) {
      throw new IOException("the store says that the credentials have expired");
    }
    return now.credentials();
  }
}
