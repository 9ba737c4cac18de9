package org.diskferry.depot.s3;

import java.io.IOException;
import org.diskferry.depot.blob.Blobs;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;
import org.diskferry.depot.index.Upload;

/// UploadPart.
final class UploadPart implements Operation {
  private final Index index;
  private final Shelf shelf;
  private final Authorization authorization;

  UploadPart(Index index, Blobs blobs, Authorization authorization) {
    this.index = index;
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
    Body body = call.body();
    checksum.chosen().ifPresent(body::compute);
    shelf.store(
        body,
        staged ->
            index.uploads().put(upload, PartFacts.of(number, body, checksum, call.at()), staged));
    Answer.Fields fields = new Answer.Fields();
    fields.put("etag", ObjectHeaders.quoted(body.md5()));
    body.claimed()
        .or(checksum::chosen)
        .ifPresent(algorithm ->
            fields.put(
                algorithm.header(),
                StoredChecksum.ofWhole(algorithm, body.value(algorithm)).value()));
    return new Answer.Bare(200, fields.map());
  }
}
