package org.diskferry.server.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes answers, and a line of the log for each: which request, from where, what, how long. Never
/// a query string, a header or a body.
final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
  private static final String ID = "x-amzn-RequestId";

  private final Service service;

  Replies(Service service) {
    this.service = service;
  }

  void write(Seen seen, Answer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    response.getHeaders().put(ID, seen.id().value());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    log(seen, answer);
  }

  /// Writes the refusal of a request whose body was not read: the connection ends with it.
  void refuse(Seen seen, int status, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    write(seen, service.refuse(seen.id(), status), response, callback);
  }

  private static void log(Seen seen, Answer answer) {
    LOG.info(
        "{} {} {} {} {} ms {}",
        seen.id(),
        seen.peer(),
        seen.method(),
        answer.status(),
        Duration.ofNanos(System.nanoTime() - seen.sinceNanos()).toMillis(),
        answer.note());
  }

  /// What the log says of a request.
  ///
  /// @param sinceNanos when it began, by the clock of [System#nanoTime]
  record Seen(RequestId id, String peer, String method, long sinceNanos) {}
}
