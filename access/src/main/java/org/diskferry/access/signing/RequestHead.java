package org.diskferry.access.signing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A request without its body, exactly as it goes over the wire: nothing decoded, nothing mended.
///
/// @param method `GET`, `POST` …
/// @param path of the request target, percent-encoded as sent; empty is read as `/`
/// @param query what follows the `?`, percent-encoded as sent; empty where there is none
/// @param headers all of them, `Host` included
public record RequestHead(String method, String path, String query, List<Header> headers) {

  /// Copies the headers and gives an empty path its slash.
  public RequestHead {
    path = path.isEmpty() ? "/" : path;
    headers = List.copyOf(headers);
  }

  /// The value of a header; several fields of one name are joined by commas, in the order sent.
  public Optional<String> header(String name) {
    StringBuilder joined = new StringBuilder();
    boolean found = false;
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        joined.append(found ? "," : "").append(header.value());
        found = true;
      }
    }
    return found ? Optional.of(joined.toString()) : Optional.empty();
  }

  /// The same, sent to another host; one without a host stays so.
  RequestHead withHost(String host) {
    if (header("Host").filter(host::equals).isPresent()) {
      return this;
    }
    List<Header> all = new ArrayList<>();
    for (Header header : headers) {
      all.add(header.name().equalsIgnoreCase("Host") ? new Header(header.name(), host) : header);
    }
    return new RequestHead(method, path, query, all);
  }
}
