package org.diskferry.depot.s3;

import java.io.IOException;
import java.util.UUID;
import org.diskferry.access.AccountId;
import org.diskferry.depot.acl.Caller;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;
import org.diskferry.depot.index.Upload;

/// CreateMultipartUpload and AbortMultipartUpload.
record UploadOperations(Index index, Authorization authorization) {

  Answer begin(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    NewObject planned = NewObject.of(call, bucket, authorization);
    UploadChecksum checksum = UploadChecksum.of(call.request());
    Upload upload =
        new Upload(
            UUID.randomUUID(),
            bucket.id(),
            call.key(),
            planned.owner(),
            initiator(call, bucket),
            call.at(),
            planned.storageClass(),
            planned.acl(),
            planned.headers(),
            checksum.algorithmName(),
            checksum.type());
    index.uploads().begin(bucket, upload);
    XmlText xml =
        XmlText.document("InitiateMultipartUploadResult")
            .leaf("Bucket", bucket.name().value())
            .leaf("Key", call.key().toString())
            .leaf("UploadId", UploadNames.text(upload.id()))
            .close("InitiateMultipartUploadResult");
    Answer.Fields fields = new Answer.Fields().putAll(checksum.headers());
    fields.putAll(AbortDate.headers(bucket, call.key(), upload.started()));
    return new Answer.Document(200, fields.map(), xml.toString());
  }

  Answer abort(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.checkPut(call, bucket, call.key(), "s3:AbortMultipartUpload");
    index.uploads().abort(UploadNames.find(call, bucket, index), call.at());
    return Answer.empty(204);
  }

  private static AccountId initiator(Call call, Bucket bucket) {
    return switch (call.caller()) {
      case Caller.User user -> user.principal().account();
      case Caller.Nobody _ -> bucket.owner();
    };
  }
}
