package org.diskferry.depot.s3;

import java.io.IOException;
import org.diskferry.depot.acl.Permission;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;

/// GetObjectTagging: no object has tags, and clients that copy ask.
record ObjectTagging(Index index, Authorization authorization) implements Operation {

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    Lookup.object(call, bucket, index, authorization, "s3:GetObjectTagging", Permission.READ);
    return Answer.ok(XmlText.document("Tagging").open("TagSet").close("TagSet").close("Tagging"));
  }
}
