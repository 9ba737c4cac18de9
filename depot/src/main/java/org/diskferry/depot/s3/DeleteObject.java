package org.diskferry.depot.s3;

import java.io.IOException;
import java.util.List;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;

/// DeleteObject; an object that does not exist is fine.
record DeleteObject(Index index, Authorization authorization) implements Operation {
  static final String ACTION = "s3:DeleteObject";

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    if (!call.header("if-match").isEmpty()) {
      throw new S3Fault(S3Code.NotImplemented, "Deleting on a condition is not supported.");
    }
    authorization.checkPut(call, bucket, call.key(), ACTION);
    index.objects().delete(bucket, List.of(call.key()), call.at());
    return Answer.empty(204);
  }
}
