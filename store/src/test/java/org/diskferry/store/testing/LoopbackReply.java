package org.diskferry.store.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.diskferry.access.signing.Header;

/// An answer of the loopback server.
final class LoopbackReply {
  private final int status;
  private final List<Header> headers = new ArrayList<>();
  private final byte[] body;

  LoopbackReply(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  static LoopbackReply empty(int status) {
    return new LoopbackReply(status, new byte[0]);
  }

  static LoopbackReply xml(String document) {
    return new LoopbackReply(200, document.getBytes(StandardCharsets.UTF_8))
        .with("Content-Type", "application/xml");
  }

  static LoopbackReply error(int status, String code, String inside) {
    return new LoopbackReply(status, errorDocument(code, inside))
        .with("Content-Type", "application/xml");
  }

  static byte[] errorDocument(String code, String inside) {
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
            + code
            + "</Code><Message>as planned</Message>"
            + inside
            + "</Error>")
        .getBytes(StandardCharsets.UTF_8);
  }

  LoopbackReply with(String name, String value) {
    if (!value.isEmpty()) {
      headers.add(new Header(name, value));
    }
    return this;
  }

  byte[] body() {
    return body;
  }

  /// The bytes on the wire; an answer to HEAD keeps its length, but not its body.
  byte[] bytes(boolean toHead, boolean chunked, Instant now) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    line(out, "HTTP/1.1 " + status + " as it is");
    line(out, "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
    for (Header header : headers) {
      line(out, header.name() + ": " + header.value());
    }
    boolean inChunks = chunked && !toHead && body.length > 0;
    boolean sized = headers.stream().noneMatch(h -> h.name().equals("Content-Length"));
    if (inChunks) {
      line(out, "Transfer-Encoding: chunked");
    } else if (sized) {
      line(out, "Content-Length: " + body.length);
    }
    line(out, "");
    if (inChunks) {
      chunks(out);
    } else if (!toHead) {
      out.writeBytes(body);
    }
    return out.toByteArray();
  }

  private void chunks(ByteArrayOutputStream out) {
    int half = (body.length + 1) / 2;
    for (int from = 0; from < body.length; from += half) {
      int count = Math.min(half, body.length - from);
      line(out, Integer.toHexString(count).toUpperCase(Locale.ROOT) + ";some=extension");
      out.write(body, from, count);
      line(out, "");
    }
    line(out, "0");
    line(out, "trailing: field");
    line(out, "");
  }

  private static void line(ByteArrayOutputStream out, String text) {
    out.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
