package org.diskferry.store.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([01]) ([1-5]\\d\\d)( .*)?");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

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
    Matcher status = STATUS_LINE.matcher(first);
    if (!status.matches()) {
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
    return new AnswerHead(
        Integer.parseInt(status.group(2)), status.group(1).equals("1"), new Fields(fields));
  }

  /// Reads the body into `target`, or drops what does not fit a bounded one.
  ///
  /// @return whether the connection can be used again as far as the framing goes
  boolean body(String method, AnswerHead head, Receiver receiver) throws IOException {
    if (method.equals("HEAD") || head.status() == NO_CONTENT || head.status() == NOT_MODIFIED) {
      return true;
    }
    List<String> lengths = head.fields().values("Content-Length").stream().distinct().toList();
    if (!head.fields().values("Transfer-Encoding").isEmpty()) {
      if (!lengths.isEmpty()
          || !head.fields().values("Transfer-Encoding").equals(List.of("chunked"))) {
        throw new ProtocolException("an answer with a Transfer-Encoding that is not just chunked");
      }
      chunks(receiver);
      return true;
    }
    if (lengths.size() > 1 || (lengths.size() == 1 && !LENGTH.matcher(lengths.get(0)).matches())) {
      throw new ProtocolException("an answer with Content-Length " + lengths);
    }
    if (lengths.isEmpty()) {
      untilClose(receiver);
      return false;
    }
    receiver.take(input, Long.parseLong(lengths.getFirst()));
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
