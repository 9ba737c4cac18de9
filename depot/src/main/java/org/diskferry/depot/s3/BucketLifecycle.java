package org.diskferry.depot.s3;

import java.io.IOException;
import java.util.List;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;
import org.diskferry.depot.index.UploadRule;

/// GetBucketLifecycleConfiguration, PutBucketLifecycleConfiguration and DeleteBucketLifecycle: only
/// what becomes of uploads that are not completed.
record BucketLifecycle(Index index, Authorization authorization) {
  private static final String READ = "s3:GetLifecycleConfiguration";
  private static final String WRITE = "s3:PutLifecycleConfiguration";

  Answer read(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.checkOwner(call, bucket, READ);
    if (bucket.uploadRules().isEmpty()) {
      throw new S3Fault(S3Code.NoSuchLifecycleConfiguration);
    }
    XmlText xml = XmlText.document("LifecycleConfiguration");
    for (UploadRule rule : bucket.uploadRules()) {
      xml.open("Rule")
          .leaf("ID", rule.id())
          .open("Filter")
          .leaf("Prefix", rule.prefix())
          .close("Filter")
          .leaf("Status", rule.enabled() ? LifecycleRules.ENABLED : LifecycleRules.DISABLED)
          .open("AbortIncompleteMultipartUpload")
          .leaf("DaysAfterInitiation", rule.days())
          .close("AbortIncompleteMultipartUpload")
          .close("Rule");
    }
    return Answer.ok(xml.close("LifecycleConfiguration"));
  }

  Answer write(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.checkOwner(call, bucket, WRITE);
    index.buckets().setUploadRules(bucket, LifecycleRules.of(call.document()));
    return Answer.empty(200);
  }

  Answer delete(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.checkOwner(call, bucket, WRITE);
    index.buckets().setUploadRules(bucket, List.of());
    return Answer.empty(204);
  }
}
