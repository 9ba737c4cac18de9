package org.diskferry.station.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.diskferry.job.JobId;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.job.manifest.S3ImportManifest;

/// Orders for tests.
public final class Manifests {
  /// The job of all tests.
  public static final JobId JOB = new JobId("53TX4");

  private Manifests() {}

  /// Into `bucket`, leaving out what the patterns find.
  public static S3ImportManifest into(String bucket, String prefix, String... ignore) {
    return with(bucket, prefix, Map.of(), ignore);
  }

  /// With substitutions.
  public static S3ImportManifest with(
      String bucket, String prefix, Map<String, String> substitutions, String... ignore) {
    List<Pattern> patterns = Arrays.stream(ignore).map(Pattern::compile).toList();
    return new S3ImportManifest(
        bucket,
        prefix,
        substitutions,
        patterns,
        "",
        "",
        "",
        "",
        "",
        "",
        Map.of(),
        "",
        false,
        "",
        Map.of(),
        null,
        null);
  }

  /// Revision 1 of an order for it.
  public static WorkOrder.Load order(S3ImportManifest manifest) {
    return order(1, manifest, false);
  }

  /// Any revision.
  public static WorkOrder.Load order(int revision, S3ImportManifest manifest, boolean waived) {
    return new WorkOrder.Load(
        JOB, revision, manifest, manifest.bucket(), "import-log-" + JOB, waived);
  }
}
