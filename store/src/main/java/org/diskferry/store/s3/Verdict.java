package org.diskferry.store.s3;

import java.time.Duration;
import java.time.Instant;
import org.diskferry.store.StoreException;
import org.diskferry.store.http.Answer;

/// What an attempt came to.
sealed interface Verdict {

  /// The store has done it.
  record Done(Answer answer) implements Verdict {}

  /// It may work later.
  ///
  /// @param asked the least pause that the store asked for
  /// @param slowDown whether the store has too much to do
  record Again(StoreException failure, Duration asked, boolean slowDown) implements Verdict {}

  /// The bucket is elsewhere.
  ///
  /// @param region where the store said so, else empty
  /// @param host where the store said so, else empty
  /// @param lasting whether it will be there next time
  record Moved(StoreException failure, String region, String host, boolean lasting)
      implements Verdict {}

  /// Our clock is wrong, or the store's.
  record Skewed(StoreException failure, Instant theirs) implements Verdict {}

  /// The credentials' time is over.
  record Expired(StoreException failure) implements Verdict {}

  /// It is no use.
  record Failed(StoreException failure) implements Verdict {}
}
