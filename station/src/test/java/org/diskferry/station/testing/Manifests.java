package org.diskferry.station.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.diskferry.job.JobId;
import org.diskferry.job.Secret;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.job.manifest.Common;
import org.diskferry.job.manifest.ContainerFormat;
import org.diskferry.job.manifest.Country;
import org.diskferry.job.manifest.DeviceFileSystem;
import org.diskferry.job.manifest.ExportOperation;
import org.diskferry.job.manifest.Facility;
import org.diskferry.job.manifest.Manifest;
import org.diskferry.job.manifest.ReturnAddress;
import org.diskferry.job.manifest.S3ImportManifest;
import org.diskferry.job.manifest.ServiceLevel;

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

  /// An export onto an unencrypted file system.
  public static Manifest.S3Export export(
      DeviceFileSystem fileSystem, ExportOperation... operations) {
    return new Manifest.S3Export(
        common("logs"),
        fileSystem,
        List.of(operations),
        "EXPORT-RECOVERY",
        Map.of(),
        null,
        Secret.of("1234"),
        ContainerFormat.TRUECRYPT);
  }

  /// An export into a container.
  public static Manifest.S3Export sealed(
      DeviceFileSystem fileSystem,
      String password,
      ContainerFormat format,
      ExportOperation... operations) {
    return new Manifest.S3Export(
        common("logs"),
        fileSystem,
        List.of(operations),
        "EXPORT-RECOVERY",
        Map.of(),
        Secret.of(password),
        null,
        format);
  }

  private static Common common(String logBucket) {
    Country country = new Country("US");
    return new Common(
        "2.0",
        "disk",
        "",
        logBucket,
        "",
        List.of("jane@example.com"),
        new ReturnAddress("Jane", "", List.of("1 Road"), "Town", "WA", "98101", "1", country),
        ServiceLevel.STANDARD,
        new Facility("us-east-1", country, false),
        null);
  }

  /// Revision 1 of an order for it.
  public static WorkOrder.Fill order(Manifest.S3Export manifest) {
    return new WorkOrder.Fill(
        JOB, 1, manifest, manifest.common().logBucket(), "export-log-" + JOB, "0123abcd", false);
  }
}
