package org.diskferry.depot.s3;

import org.diskferry.depot.index.BucketName;
import org.diskferry.depot.index.Buckets;

/// Clients may say whose bucket they think they are talking to, so that a bucket which somebody
/// else took in the meantime does not get their data.
final class ExpectedOwner {
  private final Buckets buckets;

  ExpectedOwner(Buckets buckets) {
    this.buckets = buckets;
  }

  void check(Call call) throws S3Fault {
    String expected = call.header("x-amz-expected-bucket-owner");
    if (!expected.isEmpty()) {
      check(call.request().target(), expected);
    }
    String ofSource = call.header("x-amz-source-expected-bucket-owner");
    if (!ofSource.isEmpty()) {
      check(CopySource.target(call.header("x-amz-copy-source")), ofSource);
    }
  }

  private void check(Target target, String expected) throws S3Fault {
    boolean other =
        switch (target) {
          case Target.OfService _ -> false;
          case Target.OfBucket bucket -> isOthers(bucket.bucket(), expected);
          case Target.OfObject object -> isOthers(object.bucket(), expected);
        };
    if (other) {
      throw new S3Fault(S3Code.AccessDenied);
    }
  }

  private boolean isOthers(BucketName bucket, String expected) {
    return buckets.find(bucket).filter(it -> !it.owner().value().equals(expected)).isPresent();
  }
}
