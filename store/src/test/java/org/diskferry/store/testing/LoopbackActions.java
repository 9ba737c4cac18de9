package org.diskferry.store.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.Percent;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.ObjectStore.Part;
import org.diskferry.store.ObjectStore.PendingUpload;
import org.diskferry.store.ObjectStore.UploadId;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.StoredObject;

/// The S3 protocol in front of a store, as far as our client speaks it. Written by the protocol,
/// not by the client: it shares no code with it.
final class LoopbackActions {
  private static final Map<Trouble, Integer> STATUS =
      Map.of(
          Trouble.NO_SUCH_BUCKET, 404,
          Trouble.NO_SUCH_KEY, 404,
          Trouble.NO_SUCH_UPLOAD, 404,
          Trouble.DENIED, 403,
          Trouble.PRECONDITION, 412,
          Trouble.DAMAGED, 400,
          Trouble.REFUSED, 400,
          Trouble.FULL, 507,
          Trouble.UNAVAILABLE, 503,
          Trouble.SOURCE, 500);

  private final ObjectStore store;

  LoopbackActions(ObjectStore store) {
    this.store = store;
  }

  LoopbackReply answer(BucketName bucket, String key, RequestHead head, byte[] body) {
    try {
      Map<String, String> query = query(head.query());
      return key.isEmpty()
          ? ofBucket(bucket, head, query)
          : ofObject(bucket, new ObjectKey(key), head, query, body);
    } catch (StoreException e) {
      boolean range = e.code().equals("InvalidRange");
      return LoopbackReply.error(range ? 416 : STATUS.get(e.trouble()), e.code(), "");
    }
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new TreeMap<>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(
            Percent.decode(pair.substring(0, equals)).orElseThrow(),
            Percent.decode(pair.substring(equals + 1)).orElseThrow());
      }
    }
    return query;
  }

  private LoopbackReply ofBucket(BucketName bucket, RequestHead head, Map<String, String> query)
      throws StoreException {
    if (!head.method().equals("GET")) {
      return LoopbackReply.error(405, "MethodNotAllowed", "");
    }
    if (query.containsKey("location")) {
      String region = store.region(bucket);
      return LoopbackReply.xml(
          "<LocationConstraint>"
              + (region.equals("us-east-1") ? "" : region)
              + "</LocationConstraint>");
    }
    return query.containsKey("uploads") ? uploads(bucket, query) : list(bucket, query);
  }

  private LoopbackReply list(BucketName bucket, Map<String, String> query) throws StoreException {
    ObjectStore.Page page =
        store.list(bucket, query.get("prefix"), query.getOrDefault("start-after", ""));
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<ListBucketResult>");
    xml.append("<EncodingType>url</EncodingType><IsTruncated>").append(page.more());
    xml.append("</IsTruncated>");
    for (StoredObject object : page.objects()) {
      xml.append("<Contents><Key>").append(inListing(object.key())).append("</Key><LastModified>");
      xml.append(object.modified()).append("</LastModified><ETag>&quot;").append(object.etag());
      xml.append("&quot;</ETag><Size>").append(object.size()).append("</Size></Contents>");
    }
    return LoopbackReply.xml(xml.append("</ListBucketResult>").toString());
  }

  /// As S3 does it: a blank becomes a plus.
  private static String inListing(ObjectKey key) {
    return Percent.encodePath(key.value()).replace("%20", "+");
  }

  private LoopbackReply uploads(BucketName bucket, Map<String, String> query)
      throws StoreException {
    List<PendingUpload> all = store.uploads(bucket, query.get("prefix"));
    String marker = query.getOrDefault("upload-id-marker", "");
    int from = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).upload().value().equals(marker)) {
        from = i + 1;
      }
    }
    // One a page, so that paging is always needed.
    boolean more = from + 1 < all.size();
    StringBuilder xml = new StringBuilder("<ListMultipartUploadsResult>");
    xml.append("<EncodingType>url</EncodingType><IsTruncated>").append(more);
    xml.append("</IsTruncated>");
    if (from < all.size()) {
      PendingUpload upload = all.get(from);
      xml.append("<NextKeyMarker>").append(inListing(upload.key()));
      xml.append("</NextKeyMarker><NextUploadIdMarker>").append(upload.upload().value());
      xml.append("</NextUploadIdMarker><Upload><Key>").append(inListing(upload.key()));
      xml.append("</Key><UploadId>").append(upload.upload().value()).append("</UploadId></Upload>");
    }
    return LoopbackReply.xml(xml.append("</ListMultipartUploadsResult>").toString());
  }

  private LoopbackReply ofObject(
      BucketName bucket, ObjectKey key, RequestHead head, Map<String, String> query, byte[] body)
      throws StoreException {
    Optional<UploadId> upload = Optional.ofNullable(query.get("uploadId")).map(UploadId::new);
    return switch (head.method()) {
      case "PUT" ->
          upload.isPresent()
              ? part(bucket, key, upload.get(), head, query, body)
              : put(bucket, key, head, body);
      case "POST" ->
          upload.isPresent() ? complete(bucket, key, upload.get(), body) : begin(bucket, key, head);
      case "DELETE" -> {
        if (upload.isPresent()) {
          store.abort(bucket, key, upload.get());
        } else {
          store.delete(bucket, key);
        }
        yield LoopbackReply.empty(204);
      }
      case "HEAD" -> head(bucket, key, head);
      default -> get(bucket, key, head);
    };
  }

  private LoopbackReply put(BucketName bucket, ObjectKey key, RequestHead head, byte[] body)
      throws StoreException {
    ObjectStore.Stored stored = store.put(bucket, key, headers(head), Body.of(body), sent(head));
    return LoopbackReply.empty(200).with("ETag", '"' + stored.etag() + '"');
  }

  private LoopbackReply part(
      BucketName bucket,
      ObjectKey key,
      UploadId upload,
      RequestHead head,
      Map<String, String> query,
      byte[] body)
      throws StoreException {
    int number = Integer.parseInt(query.get("partNumber"));
    Part part = store.part(bucket, key, upload, number, Body.of(body), sent(head));
    return LoopbackReply.empty(200).with("ETag", '"' + part.etag() + '"');
  }

  private LoopbackReply begin(BucketName bucket, ObjectKey key, RequestHead head)
      throws StoreException {
    UploadId upload = store.begin(bucket, key, headers(head));
    // Echoes the key with a reference to a character that XML does not have, as stores do.
    return LoopbackReply.xml(
        "<InitiateMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Key>"
            + escaped(key.value())
            + "</Key><UploadId>"
            + upload.value()
            + "</UploadId></InitiateMultipartUploadResult>");
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (c < ' ' || c == '<' || c == '&') {
            out.append("&#x").append(Integer.toHexString(c)).append(';');
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  private static final Pattern PART =
      Pattern.compile(
          "<Part><PartNumber>(\\d+)</PartNumber><ETag>&quot;([^<&]*)&quot;</ETag>"
              + "(?:<ChecksumCRC32C>([^<]*)</ChecksumCRC32C>)?</Part>");

  private LoopbackReply complete(BucketName bucket, ObjectKey key, UploadId upload, byte[] body)
      throws StoreException {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(new String(body, StandardCharsets.UTF_8));
    while (matcher.find()) {
      parts.add(
          new Part(
              Integer.parseInt(matcher.group(1)),
              matcher.group(2),
              0,
              matcher.group(3) == null ? "" : matcher.group(3)));
    }
    ObjectStore.Stored stored = store.complete(bucket, key, upload, parts);
    return LoopbackReply.xml(
        "  \n  <CompleteMultipartUploadResult><Key>"
            + escaped(key.value())
            + "</Key><ETag>\""
            + stored.etag()
            + "\"</ETag></CompleteMultipartUploadResult>");
  }

  private LoopbackReply head(BucketName bucket, ObjectKey key, RequestHead head)
      throws StoreException {
    Optional<StoredObject> found = store.head(bucket, key);
    if (found.isEmpty()) {
      return LoopbackReply.empty(404);
    }
    LoopbackReply reply =
        LoopbackReply.empty(200).with("Content-Length", Long.toString(found.get().size()));
    describe(reply, found.get(), store.headers(bucket, key).orElseThrow());
    if (head.header("x-amz-checksum-mode").isPresent()) {
      reply.with("x-amz-checksum-crc32c", found.get().crc32c());
    }
    return reply;
  }

  private static void describe(LoopbackReply reply, StoredObject object, Headers headers) {
    reply
        .with("ETag", '"' + object.etag() + '"')
        .with(
            "Last-Modified",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(object.modified().atOffset(ZoneOffset.UTC)))
        .with("Content-Type", headers.contentType())
        .with("Content-Encoding", headers.contentEncoding())
        .with("Cache-Control", headers.cacheControl())
        .with("Content-Disposition", headers.contentDisposition())
        .with("Content-Language", headers.contentLanguage())
        .with("Expires", headers.expires())
        .with("x-amz-storage-class", headers.storageClass());
    headers.metadata().forEach((name, value) -> reply.with("x-amz-meta-" + name, value));
  }

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  private LoopbackReply get(BucketName bucket, ObjectKey key, RequestHead head)
      throws StoreException {
    String etag = head.header("If-Match").orElse("").replace("\"", "");
    Optional<StoredObject> found = store.head(bucket, key);
    if (found.isEmpty()) {
      return LoopbackReply.error(404, "NoSuchKey", "");
    }
    Matcher range = RANGE.matcher(head.header("Range").orElse(""));
    long size = found.get().size();
    long first = range.matches() ? Long.parseLong(range.group(1)) : 0;
    long last = range.matches() ? Math.min(Long.parseLong(range.group(2)), size - 1) : size - 1;
    if (first >= size) {
      return LoopbackReply.error(416, "InvalidRange", "");
    }
    ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(last - first + 1));
    store.read(bucket, key, etag, first, content);
    LoopbackReply reply = new LoopbackReply(range.matches() ? 206 : 200, content.array());
    describe(reply, found.get(), store.headers(bucket, key).orElseThrow());
    return range.matches()
        ? reply.with("Content-Range", "bytes " + first + "-" + last + "/" + size)
        : reply;
  }

  private static Checksum sent(RequestHead head) {
    long crc =
        head.header("x-amz-checksum-crc32c")
            .map(text -> ByteBuffer.wrap(Base64.getDecoder().decode(text)).getInt() & 0xFFFFFFFFL)
            .orElse(-1L);
    String md5 =
        head.header("Content-MD5")
            .map(text -> HexFormat.of().formatHex(Base64.getDecoder().decode(text)))
            .orElse("");
    return new Checksum(crc, md5);
  }

  private static Headers headers(RequestHead head) {
    Map<String, String> metadata = new TreeMap<>();
    for (Header header : head.headers()) {
      if (header.name().startsWith("x-amz-meta-")) {
        metadata.put(header.name().substring("x-amz-meta-".length()), header.value());
      }
    }
    return new Headers(
        head.header("Content-Type").orElse(""),
        head.header("Content-Encoding").orElse(""),
        head.header("Cache-Control").orElse(""),
        head.header("Content-Disposition").orElse(""),
        head.header("Content-Language").orElse(""),
        head.header("Expires").orElse(""),
        metadata,
        head.header("x-amz-acl").orElse(""),
        head.header("x-amz-storage-class").orElse(""));
  }
}
