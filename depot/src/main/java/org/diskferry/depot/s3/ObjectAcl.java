package org.diskferry.depot.s3;

import java.io.IOException;
import org.diskferry.access.AccountId;
import org.diskferry.depot.acl.Acl;
import org.diskferry.depot.acl.Permission;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Entry;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;

/// GetObjectAcl and PutObjectAcl.
record ObjectAcl(Index index, Authorization authorization) {

  Answer read(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    Entry entry =
        Lookup.object(call, bucket, index, authorization, "s3:GetObjectAcl", Permission.READ_ACP);
    return AclText.answer(entry.facts().owner(), entry.facts().acl());
  }

  Answer write(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    Entry entry =
        Lookup.object(call, bucket, index, authorization, "s3:PutObjectAcl", Permission.WRITE_ACP);
    AccountId owner = entry.facts().owner();
    index.objects().setAcl(bucket, call.key(), requested(call, owner, bucket.owner()));
    return Answer.empty(200);
  }

  /// The grants that headers or the body of a request ask for.
  static Acl requested(Call call, AccountId owner, AccountId bucketOwner) throws IOException {
    return AclRequest.isIn(call.request())
        ? AclRequest.ofHeaders(call.request(), owner, bucketOwner)
        : AclRequest.ofDocument(call.document(), owner);
  }
}
