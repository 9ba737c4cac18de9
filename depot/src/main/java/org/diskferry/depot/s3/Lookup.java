package org.diskferry.depot.s3;

import org.diskferry.depot.acl.Permission;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Entry;
import org.diskferry.depot.index.Index;

/// Finding the object that a call names.
final class Lookup {
  private Lookup() {}

  /// The object, if it exists and the caller may do this to it.
  static Entry object(
      Call call,
      Bucket bucket,
      Index index,
      Authorization authorization,
      String action,
      Permission permission)
      throws S3Fault {
    Entry entry =
        index
            .objects()
            .find(bucket, call.key())
            .orElseThrow(() -> authorization.missing(call, bucket, call.key(), action));
    authorization.checkObject(call, bucket, call.key(), entry.facts(), action, permission);
    return entry;
  }
}
