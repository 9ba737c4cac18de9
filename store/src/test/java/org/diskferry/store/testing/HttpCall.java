package org.diskferry.store.testing;

import java.util.Optional;
import org.diskferry.access.signing.RequestHead;

/// One request that reached a [LoopbackS3].
///
/// @param number 1 for the first, in order of arrival
/// @param connection 1 for the first connection
/// @param head as it came over the wire
public record HttpCall(long number, long connection, RequestHead head) {

  /// Whether it asks this of an object or bucket: `PUT`, or `POST uploads`, with the first word of
  /// the query's name where it has one.
  public boolean is(String method, String parameter) {
    return head.method().equals(method)
        && (parameter.isEmpty()
            ? head.query().isEmpty()
            : ("&" + head.query()).contains("&" + parameter + "="));
  }

  /// A header of the request.
  public Optional<String> header(String name) {
    return head.header(name);
  }

  @Override
  public String toString() {
    return number + " " + head.method() + " " + head.path() + "?" + head.query();
  }
}
