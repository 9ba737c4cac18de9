package org.diskferry.bench.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files of a directory as the objects of a bucket `bench`. ETags are made up, so that no
/// client takes them for an MD5; the names need no escaping.
final class Shop {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final int PIECE = 256 << 10;
  private static final String DATE = "Sat, 21 Nov 2026 00:00:00 GMT";
  private static final String ETAG = "\"0123456789abcdef0123456789abcdef-1\"";

  private final Map<String, Path> files = new TreeMap<>();
  private final String listing;

  Shop(Path directory) throws IOException {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    xml.append("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    xml.append("<Name>bench</Name><Prefix></Prefix><IsTruncated>false</IsTruncated>");
    for (Path file : Corpus.files(directory)) {
      files.put("/bench/" + directory.relativize(file), file);
    }
    for (Map.Entry<String, Path> file : files.entrySet()) {
      xml.append("<Contents><Key>").append(file.getKey().substring("/bench/".length()));
      xml.append("</Key><LastModified>2026-11-21T00:00:00.000Z</LastModified><ETag>");
      xml.append(ETAG.replace("\"", "&quot;")).append("</ETag><Size>");
      xml.append(Files.size(file.getValue())).append("</Size>");
      xml.append("<StorageClass>STANDARD</StorageClass></Contents>");
    }
    this.listing = xml.append("</ListBucketResult>").toString();
  }

  /// All of it on one page.
  String listing() {
    return listing;
  }

  boolean has(String path) {
    return files.containsKey(path);
  }

  void describe(String path, OutputStream out) throws IOException {
    head(out, "200 OK", Files.size(file(path)), "");
  }

  /// Sends an object, or a range of it.
  void give(String path, String range, OutputStream out) throws IOException {
    if (!has(path)) {
      out.write("HTTP/1.1 404 .\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return;
    }
    try (FileChannel file = FileChannel.open(file(path))) {
      long size = file.size();
      Matcher asked = RANGE.matcher(range);
      boolean part = asked.matches();
      long from = part ? Long.parseLong(asked.group(1)) : 0;
      long last = part && !asked.group(2).isEmpty() ? Long.parseLong(asked.group(2)) : size - 1;
      long end = Math.min(last + 1, size);
      String bytes = "Content-Range: bytes " + from + "-" + (end - 1) + "/" + size + "\r\n";
      head(out, part ? "206 Partial Content" : "200 OK", end - from, part ? bytes : "");
      send(file, from, end, out);
    }
  }

  private Path file(String path) throws IOException {
    Path file = files.get(path);
    if (file == null) {
      throw new IOException(path + " is not here");
    }
    return file;
  }

  private static void head(OutputStream out, String status, long length, String more)
      throws IOException {
    String text =
        "HTTP/1.1 %s\r\nLast-Modified: %s\r\nETag: %s\r\nAccept-Ranges: bytes\r\n"
                .formatted(status, DATE, ETAG)
            + "Content-Type: application/octet-stream\r\nContent-Length: %d\r\n%s\r\n"
                .formatted(length, more);
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void send(FileChannel file, long from, long end, OutputStream out)
      throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    for (long at = from; at < end; at += piece.limit()) {
      piece.clear().limit((int) Math.min(PIECE, end - at));
      int count = file.read(piece, at);
      if (count < 0) {
        throw new IOException("a file has become shorter");
      }
      piece.limit(count);
      out.write(piece.array(), 0, count);
    }
  }
}
