package org.diskferry.depot.s3;

import java.io.IOException;
import java.io.InputStream;
import org.diskferry.depot.blob.Blobs;
import org.diskferry.depot.blob.Readers;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Part;
import org.diskferry.depot.index.Rejected;
import org.diskferry.depot.index.Upload;

/// UploadPartCopy: the bytes are read and written anew, because the part needs an MD5 of its own.
final class CopyPart implements Operation {
  private final Index index;
  private final Blobs blobs;
  private final Shelf shelf;
  private final Authorization authorization;

  CopyPart(Index index, Blobs blobs, Authorization authorization) {
    this.index = index;
    this.blobs = blobs;
    this.shelf = new Shelf(blobs);
    this.authorization = authorization;
  }

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.checkPut(call, bucket, call.key(), "s3:PutObject");
    Upload upload = UploadNames.find(call, bucket, index);
    int number = PartFacts.number(call);
    UploadChecksum checksum = UploadChecksum.of(upload.algorithm(), upload.checksumType());
    Readers.Reader reader = blobs.readers().begin();
    CopySource source;
    ObjectContent content;
    try {
      source = CopySource.of(call, index, authorization);
      content = content(call, source, reader);
    } catch (IOException | Rejected | RuntimeException e) {
      reader.close();
      throw e;
    }
    try (content;
        InputStream bytes = content.stream()) {
      Body body = Body.ofCopy(range(call, source).length(), bytes);
      checksum.chosen().ifPresent(body::compute);
      shelf.store(
          body,
          staged ->
              index.uploads().put(upload, PartFacts.of(number, body, checksum, call.at()), staged));
      return answer(PartFacts.of(number, body, checksum, call.at()));
    }
  }

  private ObjectContent content(Call call, CopySource source, Readers.Reader reader)
      throws S3Fault {
    return new ObjectContent(index, blobs, reader, source.entry().content(), range(call, source));
  }

  private static ByteRange range(Call call, CopySource source) throws S3Fault {
    String header = call.header("x-amz-copy-source-range");
    long size = source.entry().facts().size();
    ByteRange range = header.isEmpty() ? ByteRange.all(size) : ByteRange.exactly(header, size);
    if (range.length() > Body.LARGEST) {
      throw new S3Fault(S3Code.EntityTooLarge);
    }
    return range;
  }

  private static Answer answer(Part part) {
    XmlText xml =
        XmlText.document("CopyPartResult")
            .leaf("LastModified", Times.iso(part.modified()))
            .leaf("ETag", ObjectHeaders.quoted(part.etag()));
    StoredChecksum.parse(part.checksum())
        .ifPresent(sum -> xml.leaf(sum.algorithm().element(), sum.value()));
    return Answer.ok(xml.close("CopyPartResult"));
  }
}
