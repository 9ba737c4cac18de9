package org.diskferry.station.fill;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.store.Headers;

/// When a file was last changed, as far as its object says: an import keeps it as metadata of a
/// name that the customer chose (`diskTimestampMetadataKey`), with the date of RFC 1123 that HTTP
/// uses; copying tools keep seconds since 1970 as `mtime`.
///
/// `disk-timestamp`, the guide's own name, comes first, then `mtime`, then the only value that is
/// such a date: of two nobody can say which one it is.
final class FileTime {
  private static final String GUIDES_NAME = "disk-timestamp";
  private static final String SECONDS = "mtime";
  private static final Pattern SECONDS_FORM = Pattern.compile("(\\d{1,11})(?:\\.(\\d{1,9})\\d*)?");
  private static final int NANO_DIGITS = 9;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private FileTime() {}

  /// Empty where the object does not say.
  static Optional<Instant> of(Headers headers) {
    Map<String, String> metadata = headers.metadata();
    return date(metadata.getOrDefault(GUIDES_NAME, ""))
        .or(() -> seconds(metadata.getOrDefault(SECONDS, "")))
        .or(() -> only(metadata));
  }

  private static Optional<Instant> only(Map<String, String> metadata) {
    List<Instant> dates =
        metadata.values().stream().flatMap(value -> date(value).stream()).toList();
    return dates.size() == 1 ? Optional.of(dates.getFirst()) : Optional.empty();
  }

  private static Optional<Instant> date(String value) {
    try {
      return Optional.of(DATE.parse(value, Instant::from));
    } catch (DateTimeException e) {
      // It is something else.
      return Optional.empty();
    }
  }

  private static Optional<Instant> seconds(String value) {
    Matcher form = SECONDS_FORM.matcher(value);
    if (!form.matches()) {
      return Optional.empty();
    }
    String fraction = form.group(2) == null ? "" : form.group(2);
    String nanos = fraction + "0".repeat(NANO_DIGITS - fraction.length());
    return Optional.of(
        Instant.ofEpochSecond(Long.parseLong(form.group(1)), Integer.parseInt(nanos)));
  }
}
