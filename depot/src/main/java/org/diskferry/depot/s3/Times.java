package org.diskferry.depot.s3;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/// Times as S3 writes them.
final class Times {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter HTTP =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  static String iso(Instant time) {
    return ISO.format(time);
  }

  static String http(Instant time) {
    return HTTP.format(time);
  }

  /// A header that holds a time; one that cannot be read is as if it were absent (RFC 9110, section
  /// 13.1.3).
  static Optional<Instant> readHttp(String header) {
    try {
      return header.isEmpty()
          ? Optional.empty()
          : Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /// HTTP knows whole seconds only.
  static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
