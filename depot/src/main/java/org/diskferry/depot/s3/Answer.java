package org.diskferry.depot.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is sent back.
sealed interface Answer {
  int status();

  Map<String, String> headers();

  /// A status and headers.
  record Bare(int status, Map<String, String> headers) implements Answer {}

  /// A document.
  record Document(int status, Map<String, String> headers, String xml) implements Answer {}

  /// Bytes of an object. Whoever sends them closes them.
  record Bytes(int status, Map<String, String> headers, Content content) implements Answer {}

  static Answer ok(XmlText document) {
    return new Document(200, Map.of(), document.toString());
  }

  static Answer empty(int status) {
    return new Bare(status, Map.of());
  }

  /// Bytes that come a piece at a time.
  interface Content extends AutoCloseable {
    /// The next piece, valid until the next call; empty at the end.
    Optional<ByteBuffer> next() throws IOException;

    @Override
    void close() throws IOException;
  }

  /// Headers, put together one by one.
  final class Fields {
    private final Map<String, String> fields = new TreeMap<>();

    Fields put(String name, String value) {
      fields.put(name, value);
      return this;
    }

    Fields putAll(Map<String, String> more) {
      fields.putAll(more);
      return this;
    }

    Map<String, String> map() {
      return Map.copyOf(fields);
    }
  }
}
