package org.diskferry.access.signing;

import static org.diskferry.access.signing.Refusal.MALFORMED;
import static org.diskferry.access.signing.Refusal.UNSUPPORTED_VERSION;
import static org.diskferry.access.signing.Refusal.WRONG_SCOPE;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.diskferry.access.AccessKeyId;

/// Reads the claim of a Signature V4 request; both of its forms.
final class V4ClaimReader {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// Seven days, the longest that the signing key of a presigned request is good for.
  private static final Duration LONGEST_PRESIGNED = Duration.ofDays(7);

  /// Clients sign a dozen headers; the rest is room for metadata.
  private static final int MAX_SIGNED_HEADERS = 200;

  private static final int SCOPE_PARTS = 5;
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{3,128}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  private V4ClaimReader() {}

  static boolean isHeaderForm(RequestHead head) {
    return head.header("Authorization").orElse("").startsWith("AWS4-");
  }

  static boolean isPresigned(RequestHead head) {
    return queryOf(head).containsKey("X-Amz-Algorithm");
  }

  static V4Claim read(RequestHead head) throws NotVerified {
    return isHeaderForm(head) ? fromHeader(head) : fromQuery(head);
  }

  private static V4Claim fromHeader(RequestHead head) throws NotVerified {
    String header = head.header("Authorization").orElse("").strip();
    int blank = header.indexOf(' ');
    checkAlgorithm(blank < 0 ? header : header.substring(0, blank));
    Map<String, String> parts = new HashMap<>();
    for (String part : COMMA.split(blank < 0 ? "" : header.substring(blank).strip(), -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    return claim(parts, "", "the Authorization header", headerTime(head), Duration.ZERO);
  }

  private static V4Claim fromQuery(RequestHead head) throws NotVerified {
    Map<String, String> query = queryOf(head);
    checkAlgorithm(query.getOrDefault("X-Amz-Algorithm", ""));
    String seconds = query.getOrDefault("X-Amz-Expires", "");
    if (!NUMBER.matcher(seconds).matches()) {
      throw new NotVerified(MALFORMED, "X-Amz-Expires must be a number of seconds");
    }
    Duration validFor = Duration.ofSeconds(Integer.parseInt(seconds));
    if (validFor.isZero() || validFor.compareTo(LONGEST_PRESIGNED) > 0) {
      throw new NotVerified(
          MALFORMED, "X-Amz-Expires must be from 1 to " + LONGEST_PRESIGNED.toSeconds());
    }
    Instant at = time(query.getOrDefault("X-Amz-Date", ""), "X-Amz-Date");
    return claim(query, "X-Amz-", "the query", at, validFor);
  }

  private static void checkAlgorithm(String algorithm) throws NotVerified {
    if (!algorithm.equals(ALGORITHM)) {
      throw new NotVerified(
          UNSUPPORTED_VERSION, "the algorithm of the signature must be " + ALGORITHM);
    }
  }

  private static V4Claim claim(
      Map<String, String> parts, String prefix, String where, Instant at, Duration validFor)
      throws NotVerified {
    String credential = part(parts, prefix + "Credential", where);
    String signature = part(parts, prefix + "Signature", where);
    List<String> headers = headers(part(parts, prefix + "SignedHeaders", where));
    String[] scope = credential.split("/", -1);
    if (scope.length != SCOPE_PARTS || !KEY.matcher(scope[0]).matches()) {
      throw new NotVerified(
          MALFORMED,
          "Credential in " + where + " must be KEY/YYYYMMDD/REGION/SERVICE/" + Scope.TERMINATOR);
    }
    if (!scope[SCOPE_PARTS - 1].equals(Scope.TERMINATOR)) {
      throw new NotVerified(WRONG_SCOPE, "Credential must end with /" + Scope.TERMINATOR);
    }
    if (!SIGNATURE.matcher(signature).matches()) {
      throw new NotVerified(MALFORMED, "Signature in " + where + " must be 64 hex digits");
    }
    Scope good = new Scope(scope[1], scope[2], scope[3]);
    return new V4Claim(new AccessKeyId(scope[0]), good, headers, signature, at, validFor);
  }

  private static String part(Map<String, String> parts, String name, String where)
      throws NotVerified {
    String value = parts.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new NotVerified(MALFORMED, where + " lacks " + name);
    }
    return value;
  }

  private static List<String> headers(String list) throws NotVerified {
    List<String> names = Arrays.asList(list.toLowerCase(Locale.ROOT).split(";", -1));
    if (names.size() > MAX_SIGNED_HEADERS) {
      throw new NotVerified(MALFORMED, "more than " + MAX_SIGNED_HEADERS + " signed headers");
    }
    if (!names.contains("host")) {
      throw new NotVerified(MALFORMED, "SignedHeaders must name host");
    }
    return names;
  }

  private static Instant headerTime(RequestHead head) throws NotVerified {
    String amzDate = head.header("X-Amz-Date").orElse("");
    if (!amzDate.isEmpty()) {
      return time(amzDate, "X-Amz-Date");
    }
    String date = head.header("Date").orElse("");
    if (date.isEmpty()) {
      throw new NotVerified(MALFORMED, "the request has neither X-Amz-Date nor Date");
    }
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    } catch (DateTimeException e) {
      return time(date, "Date");
    }
  }

  private static Instant time(String text, String name) throws NotVerified {
    try {
      return Instant.from(TIME.parse(text));
    } catch (DateTimeException e) {
      throw new NotVerified(MALFORMED, name + " must be like 20261121T075505Z");
    }
  }

  private static Map<String, String> queryOf(RequestHead head) {
    Map<String, String> query = new HashMap<>();
    for (String pair : head.query().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.startsWith("X-Amz-")) {
        Percent.decode(pair.substring(equals + 1))
            .ifPresent(value -> query.put(pair.substring(0, equals), value));
      }
    }
    return query;
  }
}
