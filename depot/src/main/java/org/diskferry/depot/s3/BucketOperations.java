package org.diskferry.depot.s3;

import java.io.IOException;
import org.diskferry.depot.acl.Permission;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;

/// HeadBucket, DeleteBucket, GetBucketLocation and GetBucketVersioning, which is that there is
/// none.
record BucketOperations(Index index, Authorization authorization) {

  Answer head(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.check(call, bucket, "s3:ListBucket", Permission.READ);
    return new Answer.Bare(
        200, new Answer.Fields().put("x-amz-bucket-region", bucket.region()).map());
  }

  Answer delete(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.checkOwner(call, bucket, "s3:DeleteBucket");
    index.buckets().delete(bucket, call.at());
    return Answer.empty(204);
  }

  Answer versioning(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.check(call, bucket, "s3:GetBucketVersioning", Permission.READ);
    return Answer.ok(XmlText.document("VersioningConfiguration").close("VersioningConfiguration"));
  }

  Answer location(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.check(call, bucket, "s3:GetBucketLocation", Permission.READ);
    XmlText xml = XmlText.plain();
    xml.open("LocationConstraint", "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"");
    if (!bucket.region().equals(CreateBucket.DEFAULT_REGION)) {
      xml.text(bucket.region());
    }
    return Answer.ok(xml.close("LocationConstraint"));
  }
}
