package org.diskferry.store.testing;

import java.util.List;
import org.diskferry.access.signing.Header;

/// What a [LoopbackS3] does to a request.
public sealed interface HttpFault {

  /// Nothing: it is done and answered.
  record None() implements HttpFault {}

  /// It is not done; this is the answer, after the body was read.
  record Answered(int status, String code, List<Header> headers) implements HttpFault {}

  /// It is not done; this is the answer before the body is read, and nothing is read any more.
  record AnsweredEarly(int status, String code) implements HttpFault {}

  /// The connection is reset when so many bytes of the body have come; 0 is right after the head.
  record ResetInBody(long bytes) implements HttpFault {}

  /// It is done; the connection is reset after so many bytes of the answer.
  record ResetInAnswer(long bytes) implements HttpFault {}

  /// It is done and answered; then the connection closes, although it was to stay open.
  record ClosedAfterwards() implements HttpFault {}

  /// Nobody answers, and the connection stays open.
  record Hanging() implements HttpFault {}

  /// The body is not read, nobody answers, and the connection stays open.
  record Deaf() implements HttpFault {}

  /// It is done, but the answer is the status 200 with an error of this code behind it.
  record FailedLate(String code) implements HttpFault {}

  /// It is done, but the answer has no ETag.
  record WithoutEtag() implements HttpFault {}

  /// It is not done; these characters are the answer, one byte each.
  record Raw(String answer) implements HttpFault {}

  /// Nothing.
  static HttpFault none() {
    return new None();
  }

  /// An error with this status and code.
  static HttpFault answered(int status, String code, Header... headers) {
    return new Answered(status, code, List.of(headers));
  }

  /// What a store says that has too much to do.
  static HttpFault slowDown() {
    return answered(503, "SlowDown");
  }
}
