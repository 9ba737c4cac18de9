package org.diskferry.depot.s3;

import java.io.IOException;
import org.diskferry.depot.blob.Blobs;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Entry;
import org.diskferry.depot.index.Facts;
import org.diskferry.depot.index.Headers;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;

/// CopyObject: the new object is made of the same blobs, so its ETag is the source's, and its
/// checksum is unless another is asked for.
record CopyObject(Index index, Blobs blobs, Authorization authorization) implements Operation {
  /// A source that is replaced between looking at it and copying is looked at again.
  private static final int TRIES = 5;

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    NewObject planned = NewObject.of(call, bucket, authorization);
    for (int tries = 1; ; tries++) {
      try {
        return copy(call, bucket, planned);
      } catch (Rejected e) {
        if (e.why() != Rejected.Why.NO_SUCH_KEY || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private Answer copy(Call call, Bucket bucket, NewObject planned) throws IOException, Rejected {
    CopySource source = CopySource.of(call, index, authorization);
    Entry entry = source.entry();
    boolean replace = replaces(call.header("x-amz-metadata-directive"));
    boolean same = source.bucket().id() == bucket.id() && entry.key().equals(call.key());
    if (same && !replace && !changes(planned, call, entry.facts())) {
      throw new S3Fault(
          S3Code.InvalidRequest,
          "This copy request is illegal because it is trying to copy an object to itself without"
              + " changing the object's metadata, storage class or grants.");
    }
    Headers headers = replace ? planned.headers() : entry.facts().headers();
    String checksum = new CopyChecksum(index, blobs).of(call.request(), entry);
    Facts facts = facts(planned, headers, call, entry.facts(), checksum);
    index
        .objects()
        .copy(source.bucket(), entry, bucket, call.key(), facts, Conditions.of(call).onStore());
    return answer(facts);
  }

  private static Facts facts(
      NewObject planned, Headers headers, Call call, Facts source, String checksum) {
    return new Facts(
        planned.owner(),
        source.size(),
        source.etag(),
        call.at(),
        planned.storageClass(),
        planned.acl(),
        headers,
        source.crc32c(),
        checksum);
  }

  private static boolean replaces(String directive) throws S3Fault {
    return switch (directive) {
      case "", "COPY" -> false;
      case "REPLACE" -> true;
      default -> throw new S3Fault(S3Code.InvalidArgument, "Unknown metadata directive.");
    };
  }

  private static boolean changes(NewObject planned, Call call, Facts source) {
    return AclRequest.isIn(call.request())
        || !planned.storageClass().equals(source.storageClass())
        || !call.header(CopyChecksum.HEADER).isEmpty();
  }

  private static Answer answer(Facts facts) {
    XmlText xml =
        XmlText.document("CopyObjectResult")
            .leaf("LastModified", Times.iso(facts.modified()))
            .leaf("ETag", ObjectHeaders.quoted(facts.etag()));
    StoredChecksum.parse(facts.checksum())
        .ifPresent(checksum ->
            xml.leaf(checksum.algorithm().element(), checksum.value())
                .leaf("ChecksumType", checksum.type()));
    return Answer.ok(xml.close("CopyObjectResult"));
  }
}
