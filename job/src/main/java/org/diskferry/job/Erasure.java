package org.diskferry.job;

/// How far the erase of a job's device is.
///
/// @param proof identifier of the newest authorization, empty before
/// @param token of the lease that it was given to
/// @param digest of the rows that were proven
public record Erasure(String proof, long token, String digest) {
  static final Erasure NONE = new Erasure("", 0, "");

  static Erasure authorized(JobEvent.EraseAuthorized event) {
    return new Erasure(event.proof(), event.token(), event.digest());
  }
}
