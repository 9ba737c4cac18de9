package org.diskferry.depot.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.diskferry.access.signing.Percent;
import org.diskferry.depot.acl.Permission;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;
import org.diskferry.depot.index.Upload;
import org.jspecify.annotations.Nullable;

/// ListMultipartUploads.
record ListUploads(Index index, Authorization authorization) implements Operation {
  private static final int MOST = 1000;

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.check(call, bucket, "s3:ListBucketMultipartUploads", Permission.READ);
    Parameters query = call.query();
    int most = query.number("max-uploads", 1, MOST, MOST);
    boolean encoded = ListingText.isEncoded(query);
    String prefix = query.value("prefix");
    List<Upload> uploads =
        index.uploads().open(bucket, prefix, query.value("key-marker"), marker(query), most + 1);
    boolean more = uploads.size() > most;
    List<Upload> page = more ? uploads.subList(0, most) : uploads;
    XmlText xml =
        XmlText.document("ListMultipartUploadsResult")
            .leaf("Bucket", bucket.name().value())
            .leaf("KeyMarker", text(query.value("key-marker"), encoded))
            .leaf("UploadIdMarker", query.value("upload-id-marker"))
            .leaf("Prefix", text(prefix, encoded))
            .leafUnlessEmpty("Delimiter", text(query.value("delimiter"), encoded))
            .leaf("MaxUploads", most)
            .leaf("IsTruncated", more);
    if (encoded) {
      xml.leaf("EncodingType", "url");
    }
    if (more) {
      xml.news("NextKeyMarker", text(page.getLast().key().toString(), encoded))
          .leaf("NextUploadIdMarker", UploadNames.text(page.getLast().id()));
    }
    rows(xml, page, new Cut(prefix, query.value("delimiter")), encoded);
    return Answer.ok(xml.close("ListMultipartUploadsResult"));
  }

  static String text(String name, boolean encoded) {
    return encoded ? Percent.encodePath(name) : name;
  }

  static void owners(XmlText xml, Upload upload) {
    xml.open("Initiator")
        .leaf("ID", upload.initiator().value())
        .leaf("DisplayName", upload.initiator().value())
        .close("Initiator");
    AclText.owner(xml, upload.owner());
  }

  private static void rows(XmlText xml, List<Upload> page, Cut cut, boolean encoded) {
    TreeSet<String> prefixes = new TreeSet<>();
    List<Upload> plain = new ArrayList<>();
    for (Upload upload : page) {
      String common = cut.of(upload.key().toString());
      if (common.isEmpty()) {
        plain.add(upload);
      } else {
        prefixes.add(common);
      }
    }
    plain.forEach(upload -> row(xml, upload, encoded));
    for (String common : prefixes) {
      xml.open("CommonPrefixes").news("Prefix", text(common, encoded)).close("CommonPrefixes");
    }
  }

  private static void row(XmlText xml, Upload upload, boolean encoded) {
    xml.open("Upload")
        .news("Key", text(upload.key().toString(), encoded))
        .leaf("UploadId", UploadNames.text(upload.id()));
    owners(xml, upload);
    xml.leaf("StorageClass", upload.storageClass())
        .leafUnlessEmpty("ChecksumAlgorithm", upload.algorithm())
        .leafUnlessEmpty("ChecksumType", upload.checksumType())
        .leaf("Initiated", Times.iso(upload.started()))
        .close("Upload");
  }

  private static @Nullable UUID marker(Parameters query) throws S3Fault {
    String text = query.value("upload-id-marker");
    try {
      return text.isEmpty() ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new S3Fault(S3Code.InvalidArgument, "Invalid uploadId marker", e);
    }
  }

  /// Where keys are summed up.
  private record Cut(String prefix, String delimiter) {
    /// The common prefix of a key; empty where it has none.
    String of(String key) {
      int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      return at < 0 ? "" : key.substring(0, at + delimiter.length());
    }
  }
}
