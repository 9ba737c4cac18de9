package org.diskferry.access.signing;

import static org.diskferry.access.signing.Refusal.BAD_SIGNATURE;
import static org.diskferry.access.signing.Refusal.EXPIRED;
import static org.diskferry.access.signing.Refusal.MALFORMED;
import static org.diskferry.access.signing.Refusal.MISSING;
import static org.diskferry.access.signing.Refusal.SKEWED;
import static org.diskferry.access.signing.Refusal.UNKNOWN_KEY;
import static org.diskferry.access.signing.Refusal.UNSUPPORTED_VERSION;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.diskferry.access.AccessKeyId;
import org.diskferry.access.KeyRing;
import org.diskferry.access.KeyRing.Holder;
import org.diskferry.access.SecretKey;
import org.diskferry.access.signing.Verification.Refused;
import org.diskferry.access.signing.Verification.Verified;

/// Verifies Signature Version 2 of query requests: a hash over method, host, path and all
/// parameters, itself a parameter.
///
/// Clients differ in what they take for the host (with or without a port), one leaves marks alone
/// that it should escape, and one signs its parameters as it sends them, so a few texts are tried;
/// a request is good if one of them fits.
public final class V2Verifier {
  static final String SIGNATURE = "Signature";

  private static final String VERSION = "SignatureVersion";
  private static final String KEY_ID = "AWSAccessKeyId";
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{3,128}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern(
          "uuuu-MM-dd'T'HH:mm:ss[.SSSSSSSSS][.SSSSSS][.SSS][.SS][.S][XXX][XX][X]");

  private final KeyRing keys;
  private final InstantSource clock;

  /// Verifies against these keys, at this time.
  public V2Verifier(KeyRing keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /// Whether a request carries a signature among its parameters, right or wrong.
  public boolean isFor(FormParameters parameters) {
    return parameters.has(SIGNATURE) || parameters.has(VERSION) || parameters.has(KEY_ID);
  }

  /// Verifies a request.
  ///
  /// @param parameters of query string and body together
  public Verification verify(RequestHead head, FormParameters parameters) {
    if (!isFor(parameters)) {
      return new Refused(MISSING, "the request is not signed");
    }
    try {
      checkVersion(parameters);
      Hmac method = method(parameters);
      AccessKeyId key = key(parameters);
      String signature = required(parameters, SIGNATURE);
      checkTime(parameters);
      Holder holder =
          keys.find(key).orElseThrow(() -> new NotVerified(UNKNOWN_KEY, "no such access key"));
      checkSignature(head, parameters, method, holder.secret(), signature);
      return new Verified(holder.principal(), new Payload.Covered());
    } catch (NotVerified e) {
      return e.refused();
    }
  }

  private static void checkVersion(FormParameters parameters) throws NotVerified {
    String version = required(parameters, VERSION);
    if (!version.equals("2")) {
      throw new NotVerified(
          UNSUPPORTED_VERSION,
          "SignatureVersion "
              + (version.length() == 1 ? version : "as given")
              + " is not supported; sign with Signature Version 2 (SignatureVersion=2) or"
              + " Version 4 (the Authorization header)");
    }
  }

  private static Hmac method(FormParameters parameters) throws NotVerified {
    String name = required(parameters, "SignatureMethod");
    return Arrays.stream(Hmac.values())
        .filter(m -> m.algorithm().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () -> new NotVerified(MALFORMED, "SignatureMethod must be HmacSHA256 or HmacSHA1"));
  }

  private static AccessKeyId key(FormParameters parameters) throws NotVerified {
    String id = required(parameters, KEY_ID);
    if (!KEY.matcher(id).matches()) {
      throw new NotVerified(UNKNOWN_KEY, "no such access key");
    }
    return new AccessKeyId(id);
  }

  private static String required(FormParameters parameters, String name) throws NotVerified {
    String value = parameters.value(name).orElse("");
    if (value.isEmpty()) {
      throw new NotVerified(MALFORMED, "the request must contain the parameter " + name);
    }
    return value;
  }

  private void checkTime(FormParameters parameters) throws NotVerified {
    if (!parameters.has("Timestamp") && !parameters.has("Expires")) {
      throw new NotVerified(MALFORMED, "the request must contain Timestamp or Expires");
    }
    Instant now = clock.instant();
    if (parameters.has("Timestamp")) {
      Instant at = time(required(parameters, "Timestamp"), "Timestamp");
      if (at.isBefore(now.minus(V4Verifier.SKEW)) || at.isAfter(now.plus(V4Verifier.SKEW))) {
        throw new NotVerified(
            SKEWED,
            "the request is of %s, the server's time is %s; they may differ by %d minutes"
                .formatted(at, now, V4Verifier.SKEW.toMinutes()));
      }
    }
    if (parameters.has("Expires")) {
      Instant end = time(required(parameters, "Expires"), "Expires");
      if (end.isBefore(now)) {
        throw new NotVerified(
            EXPIRED, "the request was valid until %s, it is %s now".formatted(end, now));
      }
    }
  }

  private static Instant time(String text, String name) throws NotVerified {
    try {
      TemporalAccessor parsed = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
      return parsed instanceof OffsetDateTime offset
          ? offset.toInstant()
          : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new NotVerified(MALFORMED, name + " must be like 2026-11-21T07:55:05Z (ISO 8601)");
    }
  }

  private static void checkSignature(
      RequestHead head, FormParameters parameters, Hmac method, SecretKey secret, String signature)
      throws NotVerified {
    byte[] key = secret.bytes();
    try {
      for (String query :
          List.of(parameters.canonical(), parameters.canonicalWithMarks(), parameters.asSent())) {
        for (String host : HostForms.of(head)) {
          String text = head.method() + "\n" + host + "\n" + head.path() + "\n" + query;
          if (Hmac.same(Base64.getEncoder().encodeToString(method.of(key, text)), signature)) {
            return;
          }
        }
      }
    } finally {
      Arrays.fill(key, (byte) 0);
    }
    throw new NotVerified(
        BAD_SIGNATURE,
        "the signature is not the one that the secret key gives; check the secret key, and that"
            + " nothing on the way changes the path, the parameters or the Host header");
  }
}
