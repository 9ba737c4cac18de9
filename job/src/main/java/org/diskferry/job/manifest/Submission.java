package org.diskferry.job.manifest;

import org.diskferry.job.JobType;

/// A manifest as it was sent.
///
/// @param type which way the data is to go
/// @param text the manifest, as sent
/// @param accessKeyId that signed the request; empty where nobody signed, as on the customer's
///   desk, and the manifest's is not compared
public record Submission(JobType type, String text, String accessKeyId) {

  /// Without a signer.
  public static Submission unsigned(JobType type, String text) {
    return new Submission(type, text, "");
  }

  /// Without the text, which may hold secrets.
  @Override
  public String toString() {
    return "Submission[%s, %d characters]".formatted(type, text.length());
  }
}
