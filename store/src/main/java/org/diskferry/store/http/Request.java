package org.diskferry.store.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.diskferry.access.signing.Header;
import org.diskferry.store.Body;

/// A request, ready to be sent, more than once if need be.
///
/// @param method `GET`, `PUT` …
/// @param target path and query, percent-encoded
/// @param headers all but `Content-Length`, `Expect` and `Connection`
/// @param body what follows the head; a request without one has an empty body
/// @param sink where the body of a successful answer belongs, which must have just that size;
///   without room the body is collected
/// @param expectContinue whether to wait for leave before the body is sent
/// @param idle the longest time without a byte in either direction
public record Request(
    String method,
    String target,
    List<Header> headers,
    Body body,
    ByteBuffer sink,
    boolean expectContinue,
    Duration idle) {

  /// Copies the headers.
  public Request {
    headers = List.copyOf(headers);
  }

  boolean carriesBody() {
    return body.size() > 0 || method.equals("PUT") || method.equals("POST");
  }
}
