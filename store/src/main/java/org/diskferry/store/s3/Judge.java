package org.diskferry.store.s3;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.http.Answer;

/// Says what an answer means. Stores agree on codes more than on statuses, so codes go first.
final class Judge {
  private static final Map<String, Trouble> BY_CODE =
      Map.ofEntries(
          Map.entry("NoSuchBucket", Trouble.NO_SUCH_BUCKET),
          Map.entry("NoSuchKey", Trouble.NO_SUCH_KEY),
          Map.entry("NoSuchUpload", Trouble.NO_SUCH_UPLOAD),
          Map.entry("AccessDenied", Trouble.DENIED),
          Map.entry("AllAccessDisabled", Trouble.DENIED),
          Map.entry("AccountProblem", Trouble.DENIED),
          Map.entry("InvalidAccessKeyId", Trouble.DENIED),
          Map.entry("InvalidToken", Trouble.DENIED),
          Map.entry("SignatureDoesNotMatch", Trouble.DENIED),
          Map.entry("PreconditionFailed", Trouble.PRECONDITION),
          Map.entry("BadDigest", Trouble.DAMAGED),
          Map.entry("InvalidDigest", Trouble.DAMAGED),
          Map.entry("XAmzContentSHA256Mismatch", Trouble.DAMAGED),
          Map.entry("XAmzContentChecksumMismatch", Trouble.DAMAGED),
          Map.entry("InsufficientStorage", Trouble.FULL),
          Map.entry("QuotaExceeded", Trouble.FULL),
          Map.entry("XMinioStorageFull", Trouble.FULL),
          Map.entry("InvalidPart", Trouble.REFUSED),
          Map.entry("InvalidPartOrder", Trouble.REFUSED),
          Map.entry("EntityTooSmall", Trouble.REFUSED),
          Map.entry("NotImplemented", Trouble.REFUSED));

  private static final Map<Integer, Trouble> BY_STATUS =
      Map.of(
          401, Trouble.DENIED,
          403, Trouble.DENIED,
          412, Trouble.PRECONDITION,
          501, Trouble.REFUSED,
          505, Trouble.REFUSED,
          507, Trouble.FULL);

  private static final Set<String> SLOW_DOWN =
      Set.of("SlowDown", "ServiceUnavailable", "TooManyRequests", "RequestLimitExceeded", "Busy");
  private static final Set<String> TRANSIENT =
      Set.of("RequestTimeout", "InternalError", "OperationAborted", "IncompleteBody");
  private static final Set<String> EXPIRED = Set.of("ExpiredToken", "TokenRefreshRequired");
  private static final Set<String> SKEWED = Set.of("RequestTimeTooSkewed", "RequestExpired");
  private static final Set<String> ELSEWHERE =
      Set.of("AuthorizationHeaderMalformed", "PermanentRedirect", "TemporaryRedirect", "Redirect");

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int SERVER_ERROR = 500;
  private static final int REDIRECT = 300;
  private static final int MOVED_PERMANENTLY = 301;
  private static final int PERMANENT_REDIRECT = 308;

  /// A store that asks for more has not understood the question.
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(1);

  private static final int SHOWN = 300;

  private Judge() {}

  /// @param now by our own clock, to read `Retry-After` with
  static Verdict of(Call call, Answer answer, Instant now) {
    Optional<XmlElement> error = error(call, answer);
    if (answer.successful() && error.isEmpty()) {
      return new Verdict.Done(answer);
    }
    String code = error.map(e -> e.text("Code")).orElse("");
    // A failure after the status was sent is the store's own.
    int status = answer.successful() ? SERVER_ERROR : answer.status();
    String said = error.map(e -> e.text("Message")).orElse("");
    Trouble trouble = trouble(call, code, status);
    StoreException failure = new StoreException(trouble, code, text(call, status, code, said));
    if (isElsewhere(answer, code, status)) {
      return moved(answer, status, error, failure);
    }
    if (SKEWED.contains(code)) {
      Optional<Instant> theirs = answer.field("Date").flatMap(Dates::read);
      return theirs.isPresent()
          ? new Verdict.Skewed(failure, theirs.get())
          : new Verdict.Failed(failure);
    }
    if (EXPIRED.contains(code)) {
      return new Verdict.Expired(failure);
    }
    boolean slowDown =
        SLOW_DOWN.contains(code) || status == TOO_MANY_REQUESTS || status == SERVICE_UNAVAILABLE;
    if (slowDown || isTransient(code, status, trouble)) {
      return new Verdict.Again(failure, asked(answer, now), slowDown);
    }
    return new Verdict.Failed(failure);
  }

  /// An answer to HEAD has no code; then the region in its header is all that is told.
  private static boolean isElsewhere(Answer answer, String code, int status) {
    return ELSEWHERE.contains(code)
        || (status >= REDIRECT && status < BAD_REQUEST)
        || (status == BAD_REQUEST
            && code.isEmpty()
            && answer.field("x-amz-bucket-region").isPresent());
  }

  /// Damage on the way is worth another attempt; so is whatever a server's fault is.
  private static boolean isTransient(String code, int status, Trouble trouble) {
    return TRANSIENT.contains(code)
        || status == REQUEST_TIMEOUT
        || trouble == Trouble.DAMAGED
        || (status >= SERVER_ERROR && trouble == Trouble.UNAVAILABLE);
  }

  private static Trouble trouble(Call call, String code, int status) {
    Trouble byCode = BY_CODE.get(code);
    if (byCode != null) {
      return byCode;
    }
    Trouble byStatus = BY_STATUS.get(status);
    if (byStatus != null) {
      return byStatus;
    }
    if (status == NOT_FOUND) {
      return call.key().isEmpty() ? Trouble.NO_SUCH_BUCKET : Trouble.NO_SUCH_KEY;
    }
    boolean theirs =
        status >= SERVER_ERROR
            || status == TOO_MANY_REQUESTS
            || status == REQUEST_TIMEOUT
            || TRANSIENT.contains(code)
            || SLOW_DOWN.contains(code);
    return theirs ? Trouble.UNAVAILABLE : Trouble.REFUSED;
  }

  /// The error in an answer. A good status may have one behind it where the store had to answer
  /// before it knew.
  private static Optional<XmlElement> error(Call call, Answer answer) {
    if ((answer.successful() && !call.slow()) || answer.body().length == 0) {
      return Optional.empty();
    }
    try {
      XmlElement root = XmlReader.read(answer.body());
      return root.name().equals("Error") ? Optional.of(root) : Optional.empty();
    } catch (XmlException e) {
      // A proxy's page, say: then the status alone has to do. A good answer is read again by
      // whoever
      // asked, who will complain.
      return Optional.empty();
    }
  }

  private static Verdict moved(
      Answer answer, int status, Optional<XmlElement> error, StoreException failure) {
    String region =
        answer.field("x-amz-bucket-region").or(() -> error.map(e -> e.text("Region"))).orElse("");
    String host =
        answer
            .field("Location")
            .flatMap(Judge::host)
            .or(() -> error.map(e -> e.text("Endpoint")))
            .orElse("");
    boolean lasting = status == MOVED_PERMANENTLY || status == PERMANENT_REDIRECT;
    return region.isEmpty() && host.isEmpty()
        ? new Verdict.Failed(failure)
        : new Verdict.Moved(failure, region, host, lasting);
  }

  private static Optional<String> host(String location) {
    try {
      return Optional.ofNullable(URI.create(location).getHost());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Duration asked(Answer answer, Instant now) {
    Duration asked =
        answer
            .field("Retry-After")
            .flatMap(text ->
                text.matches("\\d{1,9}")
                    ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                    : Dates.read(text).map(then -> Duration.between(now, then)))
            .orElse(Duration.ZERO);
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
  }

  private static String text(Call call, int status, String code, String said) {
    String words = (code + " " + said).strip();
    String cut = words.length() > SHOWN ? words.substring(0, SHOWN) + "…" : words;
    return call + ": the store answered " + status + (cut.isEmpty() ? "" : " " + cut);
  }
}
