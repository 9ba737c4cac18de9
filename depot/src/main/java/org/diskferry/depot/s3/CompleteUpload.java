package org.diskferry.depot.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Entry;
import org.diskferry.depot.index.Facts;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;
import org.diskferry.depot.index.Upload;

/// CompleteMultipartUpload: makes a list of blobs and copies nothing. A second call, of a client
/// that did not hear the answer to the first, is answered alike as long as the object is still
/// there.
record CompleteUpload(Index index, Authorization authorization) implements Operation {

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.checkPut(call, bucket, call.key(), "s3:PutObject");
    List<NamedPart> parts = parts(call.document());
    Optional<Upload> upload = index.uploads().find(bucket, call.key(), UploadNames.id(call));
    if (upload.isEmpty()) {
      return again(call, bucket, parts);
    }
    checkType(call, upload.get());
    Assembler assembler = new Assembler(upload.get(), parts, call);
    try {
      Facts facts =
          index
              .uploads()
              .complete(bucket, upload.get(), assembler::assemble, Conditions.of(call).onStore());
      return answer(call, facts);
    } catch (Rejected e) {
      if (e.why() == Rejected.Why.NO_SUCH_UPLOAD) {
        return again(call, bucket, parts);
      }
      throw e;
    }
  }

  private Answer again(Call call, Bucket bucket, List<NamedPart> parts) throws S3Fault {
    Optional<Long> content = index.uploads().completed(bucket, call.key(), UploadNames.id(call));
    Entry entry =
        index
            .objects()
            .find(bucket, call.key())
            .filter(found -> content.filter(id -> id == found.content()).isPresent())
            .orElseThrow(() -> new S3Fault(S3Code.NoSuchUpload));
    if (!entry.facts().etag().equals(Assembler.etag(parts))) {
      throw new S3Fault(S3Code.NoSuchUpload);
    }
    return answer(call, entry.facts());
  }

  private static void checkType(Call call, Upload upload) throws S3Fault {
    String said = call.header("x-amz-checksum-type");
    if (!said.isEmpty() && !said.equalsIgnoreCase(upload.checksumType())) {
      throw new S3Fault(
          S3Code.InvalidRequest,
          "The upload was begun with the checksum type %s, not %s."
              .formatted(
                  upload.checksumType().isEmpty() ? "(none)" : upload.checksumType(),
                  said.toUpperCase(Locale.ROOT)));
    }
  }

  private static List<NamedPart> parts(XmlElement document) throws S3Fault {
    List<XmlElement> elements = document.all("Part");
    if (!document.name().equals("CompleteMultipartUpload")
        || elements.isEmpty()
        || elements.size() > PartFacts.MOST_PARTS) {
      throw new S3Fault(S3Code.MalformedXML, "Name 1 to 10000 parts.");
    }
    List<NamedPart> parts = new ArrayList<>();
    int before = 0;
    for (XmlElement element : elements) {
      NamedPart part = NamedPart.of(element);
      if (part.number() <= before) {
        throw new S3Fault(S3Code.InvalidPartOrder);
      }
      before = part.number();
      parts.add(part);
    }
    return parts;
  }

  private static String location(Call call) {
    String bucket = call.request().hostBucket();
    return (bucket.isEmpty() ? "" : "/" + bucket) + call.request().head().path();
  }

  private static Answer answer(Call call, Facts facts) {
    XmlText xml =
        XmlText.document("CompleteMultipartUploadResult")
            .leaf("Location", location(call))
            .leaf("Bucket", call.bucket().value())
            .leaf("Key", call.key().toString())
            .leaf("ETag", ObjectHeaders.quoted(facts.etag()));
    StoredChecksum.parse(facts.checksum())
        .ifPresent(checksum ->
            xml.leaf(checksum.algorithm().element(), checksum.value())
                .leaf("ChecksumType", checksum.type()));
    return Answer.ok(xml.close("CompleteMultipartUploadResult"));
  }
}
