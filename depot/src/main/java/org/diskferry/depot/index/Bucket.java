package org.diskferry.depot.index;

import java.time.Instant;
import java.util.List;
import org.diskferry.access.AccountId;
import org.diskferry.depot.acl.Acl;

/// A bucket.
///
/// @param id never reused
/// @param name unique
/// @param owner account
/// @param region where it is said to be
/// @param acl grants
/// @param created when
/// @param uploadRules which uploads are dropped when they are not completed
public record Bucket(
    long id,
    BucketName name,
    AccountId owner,
    String region,
    Acl acl,
    Instant created,
    List<UploadRule> uploadRules) {

  /// Copies the rules.
  public Bucket {
    uploadRules = List.copyOf(uploadRules);
  }

  Bucket with(Acl other) {
    return new Bucket(id, name, owner, region, other, created, uploadRules);
  }

  Bucket with(List<UploadRule> others) {
    return new Bucket(id, name, owner, region, acl, created, others);
  }
}
