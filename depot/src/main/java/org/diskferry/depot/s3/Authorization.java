package org.diskferry.depot.s3;

import org.diskferry.access.AccountId;
import org.diskferry.depot.acl.Acl;
import org.diskferry.depot.acl.Caller;
import org.diskferry.depot.acl.Permission;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.BucketName;
import org.diskferry.depot.index.Condition;
import org.diskferry.depot.index.Facts;
import org.diskferry.depot.index.ObjectKey;

/// Who may do what. The caller's own policies must allow the action; beyond that the owner may do
/// everything, and others what the list of grants says. The service's own account, which loads and
/// fetches for customers, counts as owner of every bucket.
public final class Authorization {
  private static final String ARN = "arn:aws:s3:::";

  private final AccountId service;

  /// @param service account of the service itself
  public Authorization(AccountId service) {
    this.service = service;
  }

  /// Whether a caller may do something to a bucket, by owning it or by a grant.
  public boolean allows(Caller caller, Bucket bucket, String action, Permission permission) {
    return caller.mayBy(action, arn(bucket.name()))
        && (owns(caller, bucket.owner()) || bucket.acl().grants(caller, permission));
  }

  /// Whether a caller may store something in a bucket.
  public boolean allowsPut(Caller caller, Bucket bucket, String action, String key) {
    return caller.mayBy(action, arn(bucket.name()) + "/" + key)
        && (owns(caller, bucket.owner()) || bucket.acl().grants(caller, Permission.WRITE));
  }

  void check(Call call, Bucket bucket, String action, Permission permission) throws S3Fault {
    require(allows(call.caller(), bucket, action, permission));
  }

  /// Only the owner, whatever is granted.
  void checkOwner(Call call, Bucket bucket, String action) throws S3Fault {
    require(call.caller().mayBy(action, arn(bucket.name())) && owns(call.caller(), bucket.owner()));
  }

  void checkPut(Call call, Bucket bucket, ObjectKey key, String action) throws S3Fault {
    require(allowsPut(call.caller(), bucket, action, key.toString()));
  }

  /// Whoever deletes by ETag learns whether that is the object's: S3 asks for the right to read,
  /// too.
  void checkDelete(Call call, Bucket bucket, ObjectKey key, Condition condition) throws S3Fault {
    checkPut(call, bucket, key, DeleteObject.ACTION);
    if (condition instanceof Condition.Is is && !is.isAny()) {
      require(call.caller().mayBy("s3:GetObject", arn(bucket.name()) + "/" + key));
    }
  }

  /// Something that is done to an object that exists.
  void checkObject(
      Call call, Bucket bucket, ObjectKey key, Facts facts, String action, Permission permission)
      throws S3Fault {
    require(
        call.caller().mayBy(action, arn(bucket.name()) + "/" + key)
            && (owns(call.caller(), facts.owner())
                || facts.acl().grants(call.caller(), permission)));
  }

  /// The answer for an object that does not exist: who may not list is not told.
  S3Fault missing(Call call, Bucket bucket, ObjectKey key, String action) {
    boolean may =
        call.caller().mayBy(action, arn(bucket.name()) + "/" + key)
            && allows(call.caller(), bucket, "s3:ListBucket", Permission.READ);
    return new S3Fault(may ? S3Code.NoSuchKey : S3Code.AccessDenied);
  }

  /// An action that is about no bucket, or about one that does not exist yet.
  void checkAccount(Call call, String action, String bucket) throws S3Fault {
    require(call.caller() instanceof Caller.User && call.caller().mayBy(action, ARN + bucket));
  }

  /// Whose an object will be: the caller's, and the bucket owner's where the service stores it, or
  /// nobody in particular does.
  AccountId ownerOfNew(Call call, Bucket bucket) {
    return call.caller() instanceof Caller.User user && !user.actsFor(service)
        ? user.principal().account()
        : bucket.owner();
  }

  /// The grants on a new object or bucket.
  static Acl canned(String name, AccountId owner, AccountId bucketOwner) throws S3Fault {
    return Acl.canned(name.isEmpty() ? "private" : name, owner, bucketOwner)
        .orElseThrow(
            () -> new S3Fault(S3Code.InvalidArgument, "There is no canned ACL named " + name));
  }

  private boolean owns(Caller caller, AccountId owner) {
    return caller.actsFor(owner) || caller.actsFor(service);
  }

  private static String arn(BucketName bucket) {
    return ARN + bucket;
  }

  private static void require(boolean allowed) throws S3Fault {
    if (!allowed) {
      throw new S3Fault(S3Code.AccessDenied);
    }
  }
}
