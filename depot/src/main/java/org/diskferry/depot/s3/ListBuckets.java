package org.diskferry.depot.s3;

import java.io.IOException;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;

/// ListBuckets: those of the caller's account.
record ListBuckets(Index index, Authorization authorization) implements Operation {

  @Override
  public Answer answer(Call call) throws IOException {
    authorization.checkAccount(call, "s3:ListAllMyBuckets", "*");
    XmlText xml = XmlText.document("ListAllMyBucketsResult");
    AclText.owner(xml, call.account());
    xml.open("Buckets");
    for (Bucket bucket : index.buckets().of(call.account())) {
      xml.open("Bucket")
          .leaf("Name", bucket.name().value())
          .leaf("CreationDate", Times.iso(bucket.created()))
          .leaf("BucketRegion", bucket.region())
          .close("Bucket");
    }
    return Answer.ok(xml.close("Buckets").close("ListAllMyBucketsResult"));
  }
}
