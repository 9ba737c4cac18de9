package org.diskferry.depot.acl;

/// What a grant allows, in the words of S3.
public enum Permission {
  /// All of the others.
  FULL_CONTROL,
  /// List a bucket; read an object.
  READ,
  /// Store and delete objects of a bucket.
  WRITE,
  /// Read the list of grants.
  READ_ACP,
  /// Change the list of grants.
  WRITE_ACP;

  boolean covers(Permission wanted) {
    return this == FULL_CONTROL || this == wanted;
  }
}
