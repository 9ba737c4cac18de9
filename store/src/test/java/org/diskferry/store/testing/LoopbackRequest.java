package org.diskferry.store.testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.RequestHead;

/// Reads requests of one connection. Made for the client under test, which sends a length with
/// every body.
final class LoopbackRequest {
  private final InputStream in;

  LoopbackRequest(InputStream in) {
    this.in = new BufferedInputStream(in, 64 << 10);
  }

  /// The next request's head; empty when the other side has closed.
  Optional<RequestHead> head() throws IOException {
    String first = line();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    String[] words = first.split(" ", -1);
    if (words.length != 3 || !words[2].equals("HTTP/1.1")) {
      throw new IOException("not a request: " + first);
    }
    List<Header> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.add(Header.ofWire(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    int question = words[1].indexOf('?');
    String path = question < 0 ? words[1] : words[1].substring(0, question);
    String query = question < 0 ? "" : words[1].substring(question + 1);
    return Optional.of(new RequestHead(words[0], path, query, headers));
  }

  byte[] body(long count) throws IOException {
    byte[] body = in.readNBytes(Math.toIntExact(count));
    if (body.length < count) {
      throw new EOFException("the client left after " + body.length + " bytes of " + count);
    }
    return body;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }
}
