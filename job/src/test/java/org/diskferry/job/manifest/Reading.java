package org.diskferry.job.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.diskferry.job.JobType;

/// Reads manifests in tests, with the guide's regions and buckets that say where they are.
final class Reading {
  private static final Map<String, String> BUCKETS =
      Map.of("irish-bucket", "eu-west-1", "asian-bucket", "ap-southeast-1");

  private static final ManifestReader READER = new ManifestReader(Regions.ofGuide());

  private Reading() {}

  static ManifestResult of(JobType type, String text) {
    return READER.read(
        Submission.unsigned(type, text),
        bucket -> Optional.of(BUCKETS.getOrDefault(bucket, "us-east-1")));
  }

  static ManifestResult signed(String text, String accessKeyId) {
    return READER.read(new Submission(JobType.IMPORT, text, accessKeyId), BucketRegions.unknown());
  }

  static ManifestResult.Accepted accepted(ManifestResult result) {
    assertThat(result)
        .as(() -> result instanceof ManifestResult.Refused refused ? refused.message() : "")
        .isInstanceOf(ManifestResult.Accepted.class);
    return (ManifestResult.Accepted) result;
  }

  static ManifestResult.Refused refused(ManifestResult result) {
    assertThat(result).isInstanceOf(ManifestResult.Refused.class);
    return (ManifestResult.Refused) result;
  }
}
