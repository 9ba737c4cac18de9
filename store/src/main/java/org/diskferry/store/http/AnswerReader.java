package org.diskferry.store.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.access.signing.Header;

/// Reads answers by RFC 9112, and believes none of their lengths.
final class AnswerReader {
  /// Honest heads are under 4 KiB; 2 KiB of metadata and a proxy's additions may come on top.
  private static final int LONGEST_HEAD = 64 << 10;

  private static final int MOST_FIELDS = 200;

  /// Stores keep a waiting client with a few `100 Continue` at most.
  private static final int MOST_INFORMATIONAL = 20;

  private static final String VERSION = "HTTP/1.";
  private static final int STATUS_AT = VERSION.length() + 2;
  private static final int STATUS_END = STATUS_AT + 3;
  private static final int LONGEST_LENGTH = 18;

  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final Input input;
  private Optional<AnswerHead> none = Optional.empty();

  AnswerReader(Input input) {
    this.input = input;
  }

  /// Whether some of an answer was received already, behind an interim one.
  boolean hasLeftover() {
    return input.hasLeftover();
  }

  /// The head of the answer proper, after any interim ones.
  AnswerHead finalHead() throws IOException {
    for (int i = 0; i < MOST_INFORMATIONAL; i++) {
      AnswerHead head = head();
      if (!head.informational()) {
        return head;
      }
    }
    throw new ProtocolException("more than " + MOST_INFORMATIONAL + " interim answers");
  }

  /// Reads one head; empty if it only gives leave to go on, by this status or another interim one.
  Optional<AnswerHead> finalHeadIfNot(int interim) throws IOException {
    AnswerHead head = head();
    return head.status() == interim || head.informational() ? none : Optional.of(head);
  }

  private AnswerHead head() throws IOException {
    String first = input.line(LONGEST_HEAD);
    if (!isStatusLine(first)) {
      throw new ProtocolException("not an HTTP answer: " + printable(first));
    }
    List<Header> fields = new ArrayList<>();
    int left = LONGEST_HEAD - first.length();
    for (String line = input.line(left); !line.isEmpty(); line = input.line(left)) {
      left -= line.length();
      int colon = line.indexOf(':');
      if (colon < 1 || left < 0 || fields.size() == MOST_FIELDS) {
        throw new ProtocolException("a bad or one too many header field: " + printable(line));
      }
      fields.add(Header.ofWire(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    int status = Integer.parseInt(first.substring(STATUS_AT, STATUS_END));
    return new AnswerHead(status, first.charAt(VERSION.length()) == '1', new Fields(fields));
  }

  /// `HTTP/1.1 200 OK`, or without the words. By hand, as the lengths below: every answer has them,
  /// and what every answer needs is compiled first.
  private static boolean isStatusLine(String line) {
    if (line.length() < STATUS_END || !line.startsWith(VERSION)) {
      return false;
    }
    char minor = line.charAt(VERSION.length());
    char kind = line.charAt(STATUS_AT);
    return (minor == '0' || minor == '1')
        && line.charAt(STATUS_AT - 1) == ' '
        && kind >= '1'
        && kind <= '5'
        && isNumber(line.substring(STATUS_AT, STATUS_END))
        && (line.length() == STATUS_END || line.charAt(STATUS_END) == ' ');
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= LONGEST_LENGTH;
  }

  /// Reads the body into `target`, or drops what does not fit a bounded one.
  ///
  /// @return whether the connection can be used again as far as the framing goes
  boolean body(String method, AnswerHead head, Receiver receiver) throws IOException {
    if (method.equals("HEAD") || head.status() == NO_CONTENT || head.status() == NOT_MODIFIED) {
      return true;
    }
    Set<String> lengths = new HashSet<>(head.fields().values("Content-Length"));
    List<String> encodings = head.fields().values("Transfer-Encoding");
    if (!encodings.isEmpty()) {
      if (!lengths.isEmpty() || !encodings.equals(List.of("chunked"))) {
        throw new ProtocolException("an answer with a Transfer-Encoding that is not just chunked");
      }
      chunks(receiver);
      return true;
    }
    if (lengths.isEmpty()) {
      untilClose(receiver);
      return false;
    }
    String length = lengths.iterator().next();
    if (lengths.size() > 1 || !isNumber(length)) {
      throw new ProtocolException("an answer with Content-Length " + lengths);
    }
    receiver.take(input, Long.parseLong(length));
    return true;
  }

  private static final int LONGEST_CHUNK_LINE = 8 << 10;
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(;.*)?");

  private void chunks(Receiver receiver) throws IOException {
    while (true) {
      String line = input.line(LONGEST_CHUNK_LINE);
      Matcher chunk = CHUNK.matcher(line);
      if (!chunk.matches()) {
        throw new ProtocolException("not the head of a chunk: " + printable(line));
      }
      long size = Long.parseLong(chunk.group(1), 16);
      if (size == 0) {
        trailers();
        return;
      }
      receiver.take(input, size);
      if (!input.line(LONGEST_CHUNK_LINE).isEmpty()) {
        throw new ProtocolException("a chunk is longer than it says");
      }
    }
  }

  private void trailers() throws IOException {
    int left = LONGEST_HEAD;
    for (String line = input.line(left); !line.isEmpty(); line = input.line(left)) {
      left -= line.length() + 1;
      if (left < 0) {
        throw new ProtocolException("trailers without end");
      }
    }
  }

  private void untilClose(Receiver receiver) throws IOException {
    ByteBuffer some = ByteBuffer.allocate(LONGEST_CHUNK_LINE);
    while (input.readSome(some) >= 0) {
      receiver.put(some.flip());
      some.clear();
    }
  }

  private static final int SHOWN = 80;

  private static String printable(String text) {
    String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return cut.replaceAll("[^ -~…]", "?");
  }
}
