package org.diskferry.depot.index;

import java.time.Instant;
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
public record Bucket(
    long id, BucketName name, AccountId owner, String region, Acl acl, Instant created) {

  Bucket with(Acl other) {
    return new Bucket(id, name, owner, region, other, created);
  }
}
