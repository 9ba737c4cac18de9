package org.diskferry.app.store;

import java.io.IOException;
import java.time.Instant;
import org.diskferry.access.Credentials;

/// A place that credentials are fetched from.
@FunctionalInterface
interface Fetch {

  /// The credentials of now.
  ///
  /// @throws IOException if there are none, and why; the message never shows a secret
  Fetched fetch() throws IOException;

  /// @param end when they are over
  record Fetched(Credentials credentials, Instant end) {
    static Fetched lasting(Credentials credentials) {
      return new Fetched(credentials, Instant.MAX);
    }
  }
}
