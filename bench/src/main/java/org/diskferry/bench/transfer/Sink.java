package org.diskferry.bench.transfer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// An S3 server that drops every body, remembers size and ETag, and believes every signature; what
/// it gives out are the files of a directory. For benchmarks only: it does what clients look at,
/// and nothing else.
final class Sink {
  private static final int READ = 128 << 10;

  /// Clients compare the ETag of an object sent in one request with its MD5.
  private static final long MD5_UP_TO = 8 << 20;

  private static final String ANY_ETAG = "00000000000000000000000000000000";

  private final ServerSocket listener;
  private final Shop shop;
  private final Map<String, Stored> objects = new ConcurrentHashMap<>();

  private record Stored(long size, String etag, Map<String, String> metadata) {}

  private record Head(String method, String path, String query, Map<String, String> headers) {}

  /// @param shop what is given out
  Sink(ServerSocket listener, Shop shop) {
    this.listener = listener;
    this.shop = shop;
  }

  /// Serves until the process ends.
  void serve() throws IOException {
    while (true) {
      Socket socket = listener.accept();
      socket.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> serve(socket));
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), READ);
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      byte[] buffer = new byte[READ];
      for (String first = line(in); !first.isEmpty(); first = line(in)) {
        answer(head(first, in), in, out, buffer);
        out.flush();
      }
    } catch (IOException e) {
      // The client has closed, which is how every run ends.
    }
  }

  private static Head head(String first, InputStream in) throws IOException {
    String[] words = first.split(" ", -1);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int question = words[1].indexOf('?');
    return question < 0
        ? new Head(words[0], words[1], "", headers)
        : new Head(
            words[0], words[1].substring(0, question), words[1].substring(question + 1), headers);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  private void answer(Head head, InputStream in, OutputStream out, byte[] buffer)
      throws IOException {
    if (head.headers().containsKey("expect")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    long length = Long.parseLong(head.headers().getOrDefault("content-length", "0"));
    boolean part = head.query().contains("uploadId=");
    String etag = drop(in, length, buffer, !part && length <= MD5_UP_TO);
    switch (head.method()) {
      case "PUT" -> {
        if (!part) {
          objects.put(head.path(), new Stored(length, etag, metadata(head)));
        } else {
          objects.merge(head.path(), new Stored(length, ANY_ETAG, Map.of()), (a, b) -> sum(a, b));
        }
        reply(out, 200, "ETag: \"" + etag + "\"\r\n", "");
      }
      case "POST" -> post(head, part, out);
      case "HEAD" -> headReply(head, out);
      case "GET" -> get(head, out);
      default -> reply(out, 204, "", "");
    }
  }

  private static Stored sum(Stored before, Stored part) {
    return new Stored(before.size() + part.size(), ANY_ETAG, before.metadata());
  }

  private void post(Head head, boolean complete, OutputStream out) throws IOException {
    if (complete) {
      reply(
          out,
          200,
          "",
          "<CompleteMultipartUploadResult><ETag>"
              + ANY_ETAG
              + "-1</ETag></CompleteMultipartUploadResult>");
    } else {
      objects.put(head.path(), new Stored(0, ANY_ETAG, metadata(head)));
      reply(
          out,
          200,
          "",
          "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>");
    }
  }

  private void get(Head head, OutputStream out) throws IOException {
    if (head.path().matches("/bench/?")) {
      reply(out, 200, "Content-Type: application/xml\r\n", shop.listing(head.query()));
    } else {
      shop.give(head.path(), head.headers().getOrDefault("range", ""), out);
    }
  }

  private void headReply(Head head, OutputStream out) throws IOException {
    Stored stored = objects.get(head.path());
    if (stored == null && shop.has(head.path())) {
      shop.describe(head.path(), out);
      return;
    }
    if (stored == null) {
      reply(out, 404, "", "");
      return;
    }
    StringBuilder headers = new StringBuilder("HTTP/1.1 200 OK\r\n");
    headers.append("Last-Modified: Sat, 21 Nov 2026 00:00:00 GMT\r\n");
    headers.append("Content-Length: ").append(stored.size());
    headers.append("\r\nETag: \"").append(stored.etag()).append("\"\r\n");
    stored.metadata().forEach((k, v) -> headers.append(k).append(": ").append(v).append("\r\n"));
    out.write(headers.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> metadata(Head head) {
    Map<String, String> metadata = new TreeMap<>(head.headers());
    metadata.keySet().removeIf(name -> !name.startsWith("x-amz-meta-"));
    return metadata;
  }

  private static String drop(InputStream in, long length, byte[] buffer, boolean hash)
      throws IOException {
    MessageDigest md5 = md5();
    for (long left = length; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new EOFException();
      }
      left -= count;
      if (hash) {
        md5.update(buffer, 0, count);
      }
    }
    return hash ? HexFormat.of().formatHex(md5.digest()) : ANY_ETAG;
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private static void reply(OutputStream out, int status, String headers, String body)
      throws IOException {
    String text =
        "HTTP/1.1 "
            + status
            + " .\r\n"
            + headers
            + "Content-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n";
    out.write((text + body).getBytes(StandardCharsets.UTF_8));
  }
}
