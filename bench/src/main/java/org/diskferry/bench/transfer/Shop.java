package org.diskferry.bench.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
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

  private static final Pattern AFTER =
      Pattern.compile("(?:^|&)(?:continuation-token|start-after|marker)=([^&]+)");
  private static final int PAGE = 1000;
  private static final String BUCKET = "/bench/";

  private final NavigableMap<String, Path> files = new TreeMap<>();

  Shop(Path directory) throws IOException {
    for (Path file : Corpus.files(directory)) {
      files.put(BUCKET + directory.relativize(file), file);
    }
  }

  /// A page, of either version of the request; the token of the next one is the last key.
  String listing(String query) throws IOException {
    Matcher after = AFTER.matcher(query);
    String start =
        after.find() ? BUCKET + URLDecoder.decode(after.group(1), StandardCharsets.UTF_8) : "";
    StringBuilder contents = new StringBuilder();
    int count = 0;
    String last = "";
    for (Map.Entry<String, Path> file : files.tailMap(start, false).entrySet()) {
      if (count == PAGE) {
        break;
      }
      last = file.getKey().substring(BUCKET.length());
      entry(contents, last, Files.size(file.getValue()));
      count++;
    }
    boolean more = count == PAGE && !files.lastKey().equals(BUCKET + last);
    String next =
        more
            ? "<NextMarker>%s</NextMarker><NextContinuationToken>%s</NextContinuationToken>"
                .formatted(last, last)
            : "";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        + "<Name>bench</Name><Prefix></Prefix><KeyCount>%d</KeyCount>".formatted(count)
        + "<MaxKeys>%d</MaxKeys><IsTruncated>%s</IsTruncated>".formatted(PAGE, more)
        + next
        + contents
        + "</ListBucketResult>";
  }

  private static void entry(StringBuilder xml, String key, long size) {
    xml.append("<Contents><Key>").append(key);
    xml.append("</Key><LastModified>2026-11-21T00:00:00.000Z</LastModified><ETag>");
    xml.append(ETAG.replace("\"", "&quot;")).append("</ETag><Size>").append(size);
    xml.append("</Size><StorageClass>STANDARD</StorageClass></Contents>");
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
