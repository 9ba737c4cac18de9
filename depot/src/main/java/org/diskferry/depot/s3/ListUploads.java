package org.diskferry.depot.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diskferry.access.signing.Percent;
import org.diskferry.depot.acl.Permission;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Listing;
import org.diskferry.depot.index.Rejected;
import org.diskferry.depot.index.Upload;
import org.diskferry.depot.index.Uploads;

/// ListMultipartUploads.
record ListUploads(Index index, Authorization authorization) implements Operation {
  private static final int MOST = 1000;

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.check(call, bucket, "s3:ListBucketMultipartUploads", Permission.READ);
    Parameters query = call.query();
    int most = query.number("max-uploads", 1, MOST, MOST);
    Listing.Query wanted = new Listing.Query(query.value("prefix"), query.value("delimiter"));
    List<Row> rows = rows(bucket, wanted, start(query, wanted), most + 1);
    boolean more = rows.size() > most;
    List<Row> page = more ? rows.subList(0, most) : rows;
    boolean encoded = ListingText.isEncoded(query);
    XmlText xml =
        XmlText.document("ListMultipartUploadsResult")
            .leaf("Bucket", bucket.name().value())
            .leaf("KeyMarker", text(query.value("key-marker"), encoded))
            .leaf("UploadIdMarker", query.value("upload-id-marker"))
            .leaf("Prefix", text(wanted.prefix(), encoded))
            .leafUnlessEmpty("Delimiter", text(wanted.delimiter(), encoded))
            .leaf("MaxUploads", most)
            .leaf("IsTruncated", more);
    if (encoded) {
      xml.leaf("EncodingType", "url");
    }
    if (more) {
      next(xml, page.getLast(), encoded);
    }
    write(xml, page, encoded);
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

  /// At most so many rows; what is under one common prefix is one row, and skipped over.
  private List<Row> rows(Bucket bucket, Listing.Query wanted, Uploads.Start from, int most) {
    List<Row> rows = new ArrayList<>();
    Optional<Uploads.Start> next = Optional.of(from);
    while (next.isPresent() && rows.size() < most) {
      List<Upload> batch =
          index.uploads().open(bucket, wanted.prefix(), next.get(), most - rows.size());
      next = Optional.empty();
      for (Upload upload : batch) {
        String common = wanted.commonPrefix(upload.key().toString());
        if (!common.isEmpty()) {
          rows.add(new SummedUp(common));
          next = Optional.of(Uploads.Start.behindAll(common));
          break;
        }
        rows.add(new Single(upload));
      }
    }
    return rows;
  }

  private static Uploads.Start start(Parameters query, Listing.Query wanted) throws S3Fault {
    String key = query.value("key-marker");
    String upload = query.value("upload-id-marker");
    if (key.isEmpty()) {
      return Uploads.Start.FIRST;
    }
    if (upload.isEmpty()) {
      return wanted.isCommonPrefix(key)
          ? Uploads.Start.behindAll(key)
          : Uploads.Start.behindKey(key);
    }
    try {
      return Uploads.Start.behindUpload(key, UUID.fromString(upload));
    } catch (IllegalArgumentException e) {
      throw new S3Fault(S3Code.InvalidArgument, "Invalid uploadId marker", e);
    }
  }

  private static void next(XmlText xml, Row last, boolean encoded) {
    switch (last) {
      case Single(Upload upload) ->
          xml.news("NextKeyMarker", text(upload.key().toString(), encoded))
              .leaf("NextUploadIdMarker", UploadNames.text(upload.id()));
      case SummedUp(String prefix) -> xml.news("NextKeyMarker", text(prefix, encoded));
    }
  }

  private static void write(XmlText xml, List<Row> page, boolean encoded) {
    List<String> prefixes = new ArrayList<>();
    for (Row row : page) {
      switch (row) {
        case Single(Upload upload) -> write(xml, upload, encoded);
        case SummedUp(String prefix) -> prefixes.add(prefix);
      }
    }
    for (String prefix : prefixes) {
      xml.open("CommonPrefixes").news("Prefix", text(prefix, encoded)).close("CommonPrefixes");
    }
  }

  private static void write(XmlText xml, Upload upload, boolean encoded) {
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

  /// A row of a page.
  private sealed interface Row {}

  /// An upload.
  private record Single(Upload upload) implements Row {}

  /// All uploads of keys with one beginning.
  private record SummedUp(String prefix) implements Row {}
}
