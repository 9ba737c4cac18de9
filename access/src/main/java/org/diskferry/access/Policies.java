package org.diskferry.access;

/// The policies of one user, ready to be asked.
@FunctionalInterface
public interface Policies {

  /// Whether `action` (`importexport:CreateJob`, `s3:PutObject`) on `resource` (`*`, or an ARN such
  /// as `arn:aws:s3:::bucket/key`) is allowed: an explicit deny wins, no statement means no.
  boolean allow(String action, String resource);
}
