package org.diskferry.depot.s3;

import java.time.Instant;
import java.util.Arrays;
import org.diskferry.depot.index.Condition;
import org.diskferry.depot.index.Facts;

/// The conditions of a request (RFC 9110, section 13), under the names of the headers that they
/// come in: plain ones are about the object that is named, those of a copy about its source.
///
/// @param prefix of the headers; empty, or `x-amz-copy-source-`
record Conditions(S3Request request, String prefix) {
  /// S3 looks at the other conditions in directory buckets only.
  static final String ETAG_ONLY = "An object is deleted by its ETag or any, not by time or size.";

  static Conditions of(Call call) {
    return new Conditions(call.request(), "");
  }

  static Conditions ofSource(Call call) {
    return new Conditions(call.request(), "x-amz-copy-source-");
  }

  /// Holds the source of a copy to its conditions: nobody has it already, so both kinds fail alike.
  void checkSource(Facts facts) throws S3Fault {
    checkMatch(facts);
    if (!isNews(facts)) {
      throw new S3Fault(S3Code.PreconditionFailed);
    }
  }

  /// Whether the object is still the one that a client wants to go on with.
  void checkMatch(Facts facts) throws S3Fault {
    String match = request.header(prefix + "if-match");
    if (match.isEmpty()
        ? Times.readHttp(request.header(prefix + "if-unmodified-since"))
            .filter(Times.seconds(facts.modified())::isAfter)
            .isPresent()
        : !names(match, facts.etag())) {
      throw new S3Fault(S3Code.PreconditionFailed);
    }
  }

  /// Whether the object is another than the one that a client has.
  boolean isNews(Facts facts) {
    String noneMatch = request.header(prefix + "if-none-match");
    Instant modified = Times.seconds(facts.modified());
    return noneMatch.isEmpty()
        ? Times.readHttp(request.header(prefix + "if-modified-since"))
            .filter(since -> !modified.isAfter(since))
            .isEmpty()
        : !names(noneMatch, facts.etag());
  }

  /// What must be so for an object to be stored.
  Condition onStore() throws S3Fault {
    String match = request.header("if-match");
    String noneMatch = request.header("if-none-match");
    if (noneMatch.isEmpty()) {
      return match(match);
    }
    if (match.isEmpty() && noneMatch.equals("*")) {
      return new Condition.Absent();
    }
    throw new S3Fault(
        S3Code.NotImplemented, "An object is stored with If-Match, or with If-None-Match: * only.");
  }

  /// What must be so for an object to be deleted.
  Condition onDelete() throws S3Fault {
    if (!request.headers("x-amz-if-match-").isEmpty()) {
      throw new S3Fault(S3Code.NotImplemented, ETAG_ONLY);
    }
    return match(request.header("if-match"));
  }

  /// That an object has this ETag, or is there (`*`); nothing for empty text.
  static Condition match(String etag) {
    return etag.isEmpty() ? new Condition.Always() : new Condition.Is(bare(etag));
  }

  private static boolean names(String list, String etag) {
    return Arrays.stream(list.split(",", -1))
        .map(Conditions::bare)
        .anyMatch(each -> each.equals("*") || each.equals(etag));
  }

  /// An ETag without weakness and quotation marks.
  static String bare(String etag) {
    String text = etag.strip();
    text = text.startsWith("W/") ? text.substring(2) : text;
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }
}
