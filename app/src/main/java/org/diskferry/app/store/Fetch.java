package org.diskferry.app.store;

import java.io.IOException;
import java.time.Instant;
import org.diskferry.access.AccessKeyId;
import org.diskferry.access.Credentials;
import org.diskferry.access.SecretKey;

/// A place that credentials are fetched from.
@FunctionalInterface
interface Fetch {

  /// The credentials of now.
  ///
  /// @throws IOException if there are none, and why; the message never shows a secret
  Fetched fetch() throws IOException;

  /// What was found.
  ///
  /// @param end when they are over
  record Fetched(Credentials credentials, Instant end) {
    /// Keys as they were found.
    ///
    /// @param source named where they cannot be ones
    static Fetched of(String id, String secret, String token, Instant end, String source)
        throws IOException {
      try {
        return new Fetched(new Credentials(new AccessKeyId(id), SecretKey.of(secret), token), end);
      } catch (IllegalArgumentException e) {
        throw new IOException(source + ": " + e.getMessage(), e);
      }
    }
  }
}
