package org.diskferry.store.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.diskferry.access.signing.Header;

/// Writes one request through one buffer. Between two buffers it listens: a store that refuses says
/// so while the body is still under way.
final class RequestWriter {
  /// As long as others wait, RFC 9110 section 10.1.1 naming no figure; a store that does not know
  /// the question costs this once a large body.
  private static final Duration LEAVE = Duration.ofSeconds(1);

  private static final int CONTINUE = 100;

  private final Link link;
  private final Pace pace;
  private final AnswerReader answers;
  private boolean leaveGiven;

  RequestWriter(Link link, Pace pace, AnswerReader answers) {
    this.link = link;
    this.pace = pace;
    this.answers = answers;
  }

  /// Sends the request. What it returns is an answer that came before the body was sent whole.
  Optional<AnswerHead> send(Origin origin, Request request, ByteBuffer buffer) throws IOException {
    leaveGiven = false;
    writeHead(origin, request, buffer);
    if (request.expectContinue()) {
      flush(buffer);
      leaveGiven = link.awaitInput(patience(request));
      Optional<AnswerHead> early = leaveGiven ? answers.finalHeadIfNot(CONTINUE) : Optional.empty();
      if (early.isPresent()) {
        return early;
      }
    }
    return writeBody(request, buffer);
  }

  private static Duration patience(Request request) {
    Duration half = request.idle().dividedBy(2);
    return half.compareTo(LEAVE) < 0 ? half : LEAVE;
  }

  /// Whether the last request asked for leave and had an answer in time.
  boolean leaveGiven() {
    return leaveGiven;
  }

  private Optional<AnswerHead> writeBody(Request request, ByteBuffer buffer) throws IOException {
    long size = request.body().size();
    long position = 0;
    while (position < size) {
      int count = (int) Math.min(size - position, buffer.remaining());
      readBody(request, position, buffer, count);
      position += count;
      if (!buffer.hasRemaining() || position == size) {
        if (position > count && (answers.hasLeftover() || link.hasInput())) {
          Optional<AnswerHead> early = answers.finalHeadIfNot(CONTINUE);
          if (early.isPresent()) {
            return early;
          }
        }
        flush(buffer);
      }
    }
    flush(buffer);
    return Optional.empty();
  }

  private static void readBody(Request request, long position, ByteBuffer buffer, int count)
      throws SourceException {
    int end = buffer.position() + count;
    int limit = buffer.limit();
    try {
      request.body().read(position, buffer.limit(end));
    } catch (IOException e) {
      throw new SourceException(e);
    } finally {
      buffer.limit(limit);
    }
    if (buffer.position() != end) {
      throw new SourceException(
          new IOException(
              "it gave "
                  + (end - buffer.position())
                  + " bytes too few at "
                  + position
                  + " of "
                  + request.body().size()));
    }
  }

  private void flush(ByteBuffer buffer) throws IOException {
    pace.step();
    link.write(buffer.flip());
    buffer.clear();
  }

  private static void writeHead(Origin origin, Request request, ByteBuffer buffer) {
    StringBuilder head = new StringBuilder(1024);
    head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    boolean named = false;
    for (Header header : request.headers()) {
      append(head, header.name(), header.value());
      named |= header.name().equalsIgnoreCase("Host");
    }
    if (!named) {
      append(head, "Host", origin.authority());
    }
    if (request.carriesBody()) {
      append(head, "Content-Length", Long.toString(request.body().size()));
    }
    if (request.expectContinue()) {
      append(head, "Expect", "100-continue");
    }
    head.append("\r\n");
    byte[] bytes = head.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > buffer.remaining()) {
      throw new IllegalArgumentException("a request head of " + bytes.length + " bytes");
    }
    buffer.put(bytes);
  }

  private static void append(StringBuilder head, String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7F) {
        throw new IllegalArgumentException("header " + name + " holds a control character");
      }
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }
}
