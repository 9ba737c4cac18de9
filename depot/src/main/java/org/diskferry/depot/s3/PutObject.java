package org.diskferry.depot.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.diskferry.depot.blob.Blobs;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Condition;
import org.diskferry.depot.index.Facts;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;

/// PutObject.
final class PutObject implements Operation {
  private final Index index;
  private final Shelf shelf;
  private final Authorization authorization;

  PutObject(Index index, Blobs blobs, Authorization authorization) {
    this.index = index;
    this.shelf = new Shelf(blobs);
    this.authorization = authorization;
  }

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    NewObject planned = NewObject.of(call, bucket, authorization);
    Condition condition = Conditions.of(call).onStore();
    Body body = call.body();
    Answer.Fields fields = new Answer.Fields();
    shelf.store(
        body,
        staged -> {
          Facts facts = facts(planned, body, call.at());
          index.objects().put(bucket, call.key(), facts, staged, condition);
          fields.put("etag", ObjectHeaders.quoted(facts.etag()));
        });
    body.claimed()
        .ifPresent(algorithm -> {
          fields.put(
              algorithm.header(), StoredChecksum.ofWhole(algorithm, body.value(algorithm)).value());
          fields.put("x-amz-checksum-type", StoredChecksum.FULL_OBJECT);
        });
    return new Answer.Bare(200, fields.map());
  }

  private static Facts facts(NewObject planned, Body body, Instant at) {
    Optional<ChecksumAlgorithm> claimed = body.claimed();
    return new Facts(
        planned.owner(),
        body.length(),
        body.md5(),
        at,
        planned.storageClass(),
        planned.acl(),
        planned.headers(),
        ByteBuffer.wrap(body.value(ChecksumAlgorithm.CRC32C)).getInt(),
        claimed
            .map(algorithm -> StoredChecksum.ofWhole(algorithm, body.value(algorithm)).text())
            .orElse(""));
  }
}
