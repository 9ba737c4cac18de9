package org.diskferry.depot.s3;

import java.io.IOException;
import java.util.List;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Part;
import org.diskferry.depot.index.Rejected;
import org.diskferry.depot.index.Upload;

/// ListParts.
record ListParts(Index index, Authorization authorization) implements Operation {
  private static final int MOST = 1000;

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.checkPut(call, bucket, call.key(), "s3:ListMultipartUploadParts");
    Upload upload = UploadNames.find(call, bucket, index);
    int most = call.query().number("max-parts", 1, MOST, MOST);
    int after = call.query().number("part-number-marker", 0, PartFacts.MOST_PARTS, 0);
    List<Part> parts = index.uploads().parts(upload, after, most + 1);
    boolean more = parts.size() > most;
    List<Part> page = more ? parts.subList(0, most) : parts;
    String xml = document(call, upload, page, more, after, most);
    return new Answer.Document(200, AbortDate.headers(bucket, call.key(), upload.started()), xml);
  }

  private static String document(
      Call call, Upload upload, List<Part> page, boolean more, int after, int most) throws S3Fault {
    boolean encoded = ListingText.isEncoded(call.query());
    XmlText xml =
        XmlText.document("ListPartsResult")
            .leaf("Bucket", call.bucket().value())
            .leaf("Key", ListUploads.text(call.key().toString(), encoded))
            .leaf("UploadId", UploadNames.text(upload.id()))
            .leaf("StorageClass", upload.storageClass())
            .leafUnlessEmpty("ChecksumAlgorithm", upload.algorithm())
            .leafUnlessEmpty("ChecksumType", upload.checksumType())
            .leaf("PartNumberMarker", after)
            .leaf("NextPartNumberMarker", page.isEmpty() ? after : page.getLast().number())
            .leaf("MaxParts", most)
            .leaf("IsTruncated", more);
    ListUploads.owners(xml, upload);
    page.forEach(part -> part(xml, part));
    return xml.close("ListPartsResult").toString();
  }

  private static void part(XmlText xml, Part part) {
    xml.open("Part")
        .leaf("PartNumber", part.number())
        .leaf("LastModified", Times.iso(part.modified()))
        .leaf("ETag", ObjectHeaders.quoted(part.etag()))
        .leaf("Size", part.size());
    StoredChecksum.parse(part.checksum())
        .ifPresent(sum -> xml.leaf(sum.algorithm().element(), sum.value()));
    xml.close("Part");
  }
}
