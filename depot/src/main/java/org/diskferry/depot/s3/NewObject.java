package org.diskferry.depot.s3;

import org.diskferry.access.AccountId;
import org.diskferry.depot.acl.Acl;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Headers;
import org.diskferry.depot.index.ObjectKey;

/// What a request says of an object that it stores, after it was checked that the caller may store
/// it.
///
/// @param owner account
/// @param storageClass as asked for
/// @param acl grants
/// @param headers to be given back
record NewObject(AccountId owner, String storageClass, Acl acl, Headers headers) {

  static NewObject of(Call call, Bucket bucket, Authorization authorization) throws S3Fault {
    S3Request request = call.request();
    ObjectKey key = call.key();
    Unsupported.check(request);
    authorization.checkPut(call, bucket, key, "s3:PutObject");
    if (AclRequest.isIn(request)) {
      authorization.checkPut(call, bucket, key, "s3:PutObjectAcl");
    }
    AccountId owner = authorization.ownerOfNew(call, bucket);
    return new NewObject(
        owner,
        ObjectHeaders.storageClass(request),
        AclRequest.ofHeaders(request, owner, bucket.owner()),
        ObjectHeaders.of(request));
  }
}
