package org.diskferry.depot.s3;

import java.io.IOException;
import org.diskferry.depot.acl.Permission;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;

/// GetBucketAcl and PutBucketAcl.
record BucketAcl(Index index, Authorization authorization) {

  Answer read(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.check(call, bucket, "s3:GetBucketAcl", Permission.READ_ACP);
    return AclText.answer(bucket.owner(), bucket.acl());
  }

  Answer write(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.check(call, bucket, "s3:PutBucketAcl", Permission.WRITE_ACP);
    index.buckets().setAcl(bucket, ObjectAcl.requested(call, bucket.owner(), bucket.owner()));
    return Answer.empty(200);
  }
}
