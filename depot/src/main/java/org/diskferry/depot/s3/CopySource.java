package org.diskferry.depot.s3;

import java.io.IOException;
import org.diskferry.access.signing.Percent;
import org.diskferry.depot.acl.Permission;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Entry;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.ObjectKey;
import org.diskferry.depot.index.Rejected;

/// The object that `x-amz-copy-source` names, once it is known that the caller may read it and that
/// the conditions hold.
///
/// @param bucket where it is
/// @param entry what it is
record CopySource(Bucket bucket, Entry entry) {
  private static final String ACTION = "s3:GetObject";
  private static final String VERSION = "?versionId=";

  static CopySource of(Call call, Index index, Authorization authorization)
      throws IOException, Rejected {
    Target.OfObject target = target(call.header("x-amz-copy-source"));
    Bucket bucket = index.buckets().named(target.bucket());
    ObjectKey key = target.key();
    Entry entry =
        index
            .objects()
            .find(bucket, key)
            .orElseThrow(() -> authorization.missing(call, bucket, key, ACTION));
    authorization.checkObject(call, bucket, key, entry.facts(), ACTION, Permission.READ);
    Conditions.ofSource(call).checkSource(entry.facts());
    return new CopySource(bucket, entry);
  }

  /// The object that a header names.
  static Target.OfObject target(String header) throws S3Fault {
    String path = header;
    int version = path.lastIndexOf(VERSION);
    if (version >= 0) {
      if (!path.substring(version + VERSION.length()).equals("null")) {
        throw new S3Fault(S3Code.NotImplemented, "There are no versions.");
      }
      path = path.substring(0, version);
    }
    // Some clients encode the slash behind the bucket too.
    String decoded = Percent.decode(path).orElseThrow(() -> new S3Fault(S3Code.InvalidArgument));
    Target target = Target.of(Percent.encodePath(decoded));
    if (target instanceof Target.OfObject object) {
      return object;
    }
    throw new S3Fault(S3Code.InvalidArgument, "Copy Source must mention the source bucket and key");
  }
}
