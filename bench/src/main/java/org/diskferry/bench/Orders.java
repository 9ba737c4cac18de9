package org.diskferry.bench;

import java.util.List;
import java.util.Map;
import org.diskferry.job.JobId;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.job.manifest.S3ImportManifest;

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
}
