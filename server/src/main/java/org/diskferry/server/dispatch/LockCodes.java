package org.diskferry.server.dispatch;

import java.util.Optional;
import org.diskferry.job.Job;
import org.diskferry.job.JobId;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobStoreException;
import org.diskferry.job.NoSuchJobException;
import org.diskferry.job.Secret;
import org.diskferry.job.manifest.Manifest;
import org.diskferry.job.manifest.Regions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The codes of devices that have a lock of their own, for the person at the dock who opens it. Who
/// asks is noted in the service's log, without the code.
public final class LockCodes {
  private static final Logger LOG = LoggerFactory.getLogger(LockCodes.class);

  private final JobStore jobs;
  private final StoredManifests manifests;

  /// Over these jobs.
  ///
  /// @param regions under whose rules manifests were accepted
  public LockCodes(JobStore jobs, Regions regions) {
    this.jobs = jobs;
    this.manifests = new StoredManifests(regions);
  }

  /// The `pinCode` of a job that is not over; empty where it has none.
  public Optional<Secret> of(JobId id) throws NoSuchJobException, JobStoreException {
    Job job = jobs.find(id).orElseThrow(() -> new NoSuchJobException(id));
    if (job.state().isOver()) {
      return Optional.empty();
    }
    Optional<Secret> code = manifests.of(job).flatMap(LockCodes::pinCode);
    code.ifPresent(_ -> LOG.info("job {}: the code of its device's lock is told", id));
    return code;
  }

  private static Optional<Secret> pinCode(Manifest manifest) {
    return Optional.ofNullable(
        switch (manifest) {
          case Manifest.S3Import job -> job.load().pinCode();
          case Manifest.S3Export job -> job.pinCode();
          case Manifest.EbsImport job -> job.pinCode();
          case Manifest.GlacierImport job -> job.pinCode();
        });
  }
}
