package org.diskferry.job.manifest;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dates as `expires` takes them: RFC 1123, section 5.2.14 (RFC 822, section 5), and what the guide
/// shows beside it: no day of the week, `UT`, a blank before the comma, hyphens in the date.
final class HttpDate {
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final Pattern FORM =
      Pattern.compile(
          "(?:([A-Za-z]{3}) ?, ?)?([0-9]{1,2})[ -]([A-Za-z]{3})[ -]([0-9]{4})"
              + " (?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60))?"
              + " (?:GMT|UTC?|Z|[ECMP][SD]T|[+-][0-9]{4})");

  private HttpDate() {}

  static boolean isValid(String text) {
    Matcher parts = FORM.matcher(text.strip().replaceAll(" {2,}", " "));
    return parts.matches() && isDate(parts);
  }

  private static boolean isDate(Matcher parts) {
    int month = MONTHS.indexOf(parts.group(3).toLowerCase(Locale.ROOT)) + 1;
    try {
      LocalDate date =
          LocalDate.of(Integer.parseInt(parts.group(4)), month, Integer.parseInt(parts.group(2)));
      String day = parts.group(1);
      return day == null
          || DAYS.indexOf(day.toLowerCase(Locale.ROOT)) + 1 == date.getDayOfWeek().getValue();
    } catch (DateTimeException e) {
      return false;
    }
  }
}
