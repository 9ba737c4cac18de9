package org.diskferry.store.s3;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.access.signing.Percent;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore.Page;
import org.diskferry.store.ObjectStore.Part;
import org.diskferry.store.ObjectStore.PendingUpload;
import org.diskferry.store.ObjectStore.UploadId;
import org.diskferry.store.StoredObject;

/// The XML documents of the protocol.
final class Documents {
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private Documents() {}

  /// A page of unfinished uploads, and where the next begins.
  record UploadsPage(List<PendingUpload> uploads, boolean more, String nextKey, String nextId) {}

  static XmlElement root(byte[] document, String name) throws XmlException {
    XmlElement root = XmlReader.read(document);
    if (!root.name().equals(name)) {
      throw new XmlException("a " + root.name() + " came instead of a " + name);
    }
    return root;
  }

  static String region(byte[] document) throws XmlException {
    String text = root(document, "LocationConstraint").text().strip();
    return switch (text) {
      case "" -> "us-east-1";
      case "EU" -> "eu-west-1";
      default -> text;
    };
  }

  /// What a bucket is made with; empty for the store's own region, which has no name here.
  static byte[] location(String region) {
    String xml =
        region.isEmpty() || region.equals("us-east-1")
            ? ""
            : "<CreateBucketConfiguration xmlns=\"%s\"><LocationConstraint>%s</LocationConstraint></CreateBucketConfiguration>"
                .formatted(NAMESPACE, escaped(region));
    return xml.getBytes(StandardCharsets.UTF_8);
  }

  static UploadId uploadId(byte[] document) throws XmlException {
    String id = root(document, "InitiateMultipartUploadResult").text("UploadId");
    if (id.isEmpty()) {
      throw new XmlException("an upload without an id");
    }
    return new UploadId(id);
  }

  static String completedEtag(byte[] document) throws XmlException {
    return unquoted(root(document, "CompleteMultipartUploadResult").text("ETag"));
  }

  static Page page(byte[] document) throws XmlException {
    XmlElement root = root(document, "ListBucketResult");
    boolean encoded = root.text("EncodingType").equals("url");
    List<StoredObject> objects = new ArrayList<>();
    for (XmlElement item : root.all("Contents")) {
      objects.add(
          new StoredObject(
              key(item.text("Key"), encoded),
              size(item.text("Size")),
              unquoted(item.text("ETag")),
              instant(item.text("LastModified")),
              ""));
    }
    return new Page(objects, root.text("IsTruncated").equals("true"));
  }

  static UploadsPage uploads(byte[] document) throws XmlException {
    XmlElement root = root(document, "ListMultipartUploadsResult");
    boolean encoded = root.text("EncodingType").equals("url");
    List<PendingUpload> uploads = new ArrayList<>();
    for (XmlElement item : root.all("Upload")) {
      uploads.add(
          new PendingUpload(key(item.text("Key"), encoded), new UploadId(item.text("UploadId"))));
    }
    String next = root.text("NextKeyMarker");
    return new UploadsPage(
        uploads,
        root.text("IsTruncated").equals("true"),
        next.isEmpty() || !encoded ? next : key(next, true).value(),
        root.text("NextUploadIdMarker"));
  }

  static byte[] completion(List<Part> parts) {
    StringBuilder xml = new StringBuilder(256 + 128 * parts.size());
    xml.append("<CompleteMultipartUpload xmlns=\"").append(NAMESPACE).append("\">");
    for (Part part : parts) {
      xml.append("<Part><PartNumber>").append(part.number()).append("</PartNumber><ETag>&quot;");
      xml.append(escaped(part.etag())).append("&quot;</ETag>");
      if (!part.crc32c().isEmpty()) {
        xml.append("<ChecksumCRC32C>").append(escaped(part.crc32c())).append("</ChecksumCRC32C>");
      }
      xml.append("</Part>");
    }
    xml.append("</CompleteMultipartUpload>");
    return xml.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String unquoted(String etag) {
    String stripped = etag.strip();
    return stripped.length() >= 2 && stripped.startsWith("\"") && stripped.endsWith("\"")
        ? stripped.substring(1, stripped.length() - 1)
        : stripped;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  /// In this encoding a plus is a blank, as in forms: a plus proper comes as `%2B`.
  private static ObjectKey key(String text, boolean encoded) throws XmlException {
    try {
      return new ObjectKey(
          encoded
              ? Percent.decode(text.replace("+", "%20"))
                  .orElseThrow(() -> new XmlException("a key that cannot be decoded: " + text))
              : text);
    } catch (IllegalArgumentException e) {
      throw new XmlException("a key that cannot be one: " + e.getMessage());
    }
  }

  private static long size(String text) throws XmlException {
    try {
      long size = Long.parseLong(text);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new XmlException("a size that is none: " + text);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
