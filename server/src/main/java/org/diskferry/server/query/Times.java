package org.diskferry.server.query;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times as clients read them: ISO 8601 in UTC, whole seconds.
final class Times {
  private Times() {}

  static String of(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
