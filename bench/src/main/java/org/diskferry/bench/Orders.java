package org.diskferry.bench;

import java.util.List;
import java.util.Map;
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

/// What a benchmark's station is told to do.
public final class Orders {
  private static final JobId JOB = new JobId("BENCH");

  private Orders() {}

  /// Everything on the device into `bucket`, under its path.
  public static WorkOrder.Load into(String bucket) {
    S3ImportManifest manifest =
        new S3ImportManifest(
            bucket, "", Map.of(), List.of(), "", "", "", "", "", "", Map.of(), "", false, "",
            Map.of(), null, null);
    return new WorkOrder.Load(JOB, 1, manifest, bucket, "import-log-" + JOB, false);
  }

  /// All objects of `bucket` onto a disk, its root; without a password where that is empty.
  public static WorkOrder.Fill outOf(String bucket, DeviceFileSystem fileSystem, String password) {
    return outOf(bucket, fileSystem, password, Map.of());
  }

  /// Likewise, with substitutions in names.
  public static WorkOrder.Fill outOf(
      String bucket,
      DeviceFileSystem fileSystem,
      String password,
      Map<String, String> substitutions) {
    Country country = new Country("US");
    ReturnAddress address =
        new ReturnAddress("Bench", "", List.of("1 Road"), "Town", "WA", "98101", "1", country);
    Common common =
        new Common(
            "2.0",
            "disk",
            "",
            bucket,
            "",
            List.of("bench@example.com"),
            address,
            ServiceLevel.STANDARD,
            new Facility("us-east-1", country, false),
            null);
    Manifest.S3Export manifest =
        new Manifest.S3Export(
            common,
            fileSystem,
            List.of(new ExportOperation(bucket, "", "", "", "")),
            "EXPORT-RECOVERY",
            substitutions,
            password.isEmpty() ? null : Secret.of(password),
            password.isEmpty() ? Secret.of("1234") : null,
            ContainerFormat.TRUECRYPT);
    return new WorkOrder.Fill(JOB, 1, manifest, bucket, "export-log-" + JOB, "00", false);
  }
}
