package org.diskferry.access.signing;

import static org.diskferry.access.signing.Refusal.BAD_SIGNATURE;
import static org.diskferry.access.signing.Refusal.EXPIRED;
import static org.diskferry.access.signing.Refusal.MALFORMED;
import static org.diskferry.access.signing.Refusal.MISSING;
import static org.diskferry.access.signing.Refusal.SKEWED;
import static org.diskferry.access.signing.Refusal.UNKNOWN_KEY;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.access.AccessKeyId;
import org.diskferry.access.KeyRing;
import org.diskferry.access.KeyRing.Holder;
import org.diskferry.access.SecretKey;
import org.diskferry.access.signing.Verification.Refused;
import org.diskferry.access.signing.Verification.Verified;

/// Verifies the signature of object stores that came before Version 4 and is also called Version 2:
/// HMAC-SHA1 over the method, a few headers and the resource, in `Authorization: AWS KEY:SIGNATURE`
/// or presigned in the query. It has nothing in common with that of query requests ([V2Verifier])
/// but the name.
///
/// It never covers the body, except by a `Content-MD5`. A presigned request has no longest time to
/// be valid: only its signer can limit it.
public final class S3V2Verifier {
  private static final String KEY_ID = "AWSAccessKeyId";
  private static final String SCHEME = "AWS ";
  private static final Pattern FORM = Pattern.compile("AWS ([A-Za-z0-9_-]{3,128}):(\\S+)");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{3,128}");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

  private final KeyRing keys;
  private final InstantSource clock;

  /// Verifies against these keys, at this time.
  public S3V2Verifier(KeyRing keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /// Whether a request carries such a signature at all, right or wrong.
  public boolean isFor(RequestHead head) {
    return head.header("Authorization").orElse("").startsWith(SCHEME) || isPresigned(head);
  }

  /// Whether the signature is in the query.
  public static boolean isPresigned(RequestHead head) {
    return ("&" + head.query()).contains("&" + KEY_ID + "=");
  }

  /// Verifies a request whose path names everything. What it proves says nothing of the body.
  public Verification verify(RequestHead head) {
    return verify(head, "");
  }

  /// Verifies a request. What it proves says nothing of the body.
  ///
  /// @param bucket that the host names, which is signed as the beginning of the path; empty where
  ///   the path names it
  public Verification verify(RequestHead head, String bucket) {
    if (!isFor(head)) {
      return new Refused(MISSING, "the request is not signed");
    }
    try {
      FormParameters query = FormParameters.of(head.query(), "");
      Claim claim = isPresigned(head) ? presigned(query) : inHeader(head);
      Holder holder =
          keys.find(claim.key())
              .orElseThrow(() -> new NotVerified(UNKNOWN_KEY, "no such access key"));
      checkSignature(head, bucket, query, claim, holder.secret());
      return new Verified(holder.principal(), new Payload.Unsigned());
    } catch (MalformedFormException e) {
      return new Refused(MALFORMED, String.valueOf(e.getMessage()));
    } catch (NotVerified e) {
      return e.refused();
    }
  }

  private Claim inHeader(RequestHead head) throws NotVerified {
    Matcher form = FORM.matcher(head.header("Authorization").orElse(""));
    if (!form.matches()) {
      throw new NotVerified(MALFORMED, "Authorization must be of the form AWS KEY:SIGNATURE");
    }
    String amzDate = head.header("x-amz-date").orElse("");
    String date = head.header("Date").orElse("");
    Instant at = time(amzDate.isEmpty() ? date : amzDate);
    Instant now = clock.instant();
    if (at.isBefore(now.minus(V4Verifier.SKEW)) || at.isAfter(now.plus(V4Verifier.SKEW))) {
      throw new NotVerified(
          SKEWED,
          "the request is of %s, the server's time is %s; they may differ by %d minutes"
              .formatted(at, now, V4Verifier.SKEW.toMinutes()));
    }
    // The older header is signed as well, but not where the newer one stands for it.
    return new Claim(
        new AccessKeyId(form.group(1)), form.group(2), amzDate.isEmpty() ? date : "", false);
  }

  private Claim presigned(FormParameters query) throws NotVerified {
    String key = query.value(KEY_ID).orElse("");
    // A sender that leaves the plus of base64 as it is sends a blank.
    String signature = query.value(V2Verifier.SIGNATURE).orElse("").replace(' ', '+');
    String expires = query.value("Expires").orElse("");
    if (signature.isEmpty() || !SECONDS.matcher(expires).matches()) {
      throw new NotVerified(
          MALFORMED, "the query must have AWSAccessKeyId, Signature and Expires, in seconds");
    }
    if (!KEY.matcher(key).matches()) {
      throw new NotVerified(UNKNOWN_KEY, "no such access key");
    }
    Instant end = Instant.ofEpochSecond(Long.parseLong(expires));
    Instant now = clock.instant();
    if (end.isBefore(now)) {
      throw new NotVerified(
          EXPIRED, "the request was valid until %s, it is %s now".formatted(end, now));
    }
    return new Claim(new AccessKeyId(key), signature, expires, true);
  }

  private static Instant time(String date) throws NotVerified {
    // Clients in Go name the zone by its newer name.
    String known = date.endsWith(" UTC") ? date.substring(0, date.length() - 3) + "GMT" : date;
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(known, Instant::from);
    } catch (DateTimeException e) {
      throw new NotVerified(
          MALFORMED, "Date or x-amz-date must be like Sat, 21 Nov 2026 07:55:05 GMT");
    }
  }

  private static void checkSignature(
      RequestHead head, String bucket, FormParameters query, Claim claim, SecretKey secret)
      throws NotVerified {
    byte[] key = secret.bytes();
    String resource = bucket.isEmpty() ? head.path() : "/" + bucket + head.path();
    try {
      for (String path : paths(resource, head.query())) {
        String text = S3V2Text.of(head, path, query, claim.date(), claim.presigned());
        String computed = Base64.getEncoder().encodeToString(Hmac.SHA1.of(key, text));
        if (Hmac.same(computed, claim.signature())) {
          return;
        }
      }
    } finally {
      Arrays.fill(key, (byte) 0);
    }
    throw new NotVerified(
        BAD_SIGNATURE,
        "the signature is not the one that the secret key gives; check the secret key, and that"
            + " nothing on the way changes the path, the query or the headers");
  }

  /// As it was sent first, then as a client may have signed that sent another encoding of it; a
  /// bucket with the slash behind it that it has where its name is in the host, and without; and
  /// each with the first parameter, which botocore took for part of the path for some of 2022.
  private static Set<String> paths(String path, String query) {
    Set<String> paths = new LinkedHashSet<>(List.of(path, Percent.canonicalPath(path)));
    if (path.lastIndexOf('/') == 0) {
      paths.add(path + "/");
    } else if (path.indexOf('/', 1) == path.length() - 1) {
      paths.add(path.substring(0, path.length() - 1));
    }
    if (!query.isEmpty()) {
      String first = query.split("&", 2)[0];
      List.copyOf(paths).forEach(each -> paths.add(each + "?" + first));
    }
    return paths;
  }

  /// What a request says of its signature.
  ///
  /// @param date as it stands in the text that is signed
  private record Claim(AccessKeyId key, String signature, String date, boolean presigned) {}
}
