package org.diskferry.server.dispatch;

import java.util.Optional;
import org.diskferry.job.Confidential;
import org.diskferry.job.Hold;
import org.diskferry.job.Job;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.job.manifest.Manifest;
import org.diskferry.job.naming.LogLocation;

/// Makes orders of jobs: what is to be done with a device follows from where its job stands and
/// from the manifest that the customer wrote.
final class Orders {
  private final StoredManifests manifests;
  private final TombstoneMac macs;

  Orders(StoredManifests manifests, TombstoneMac macs) {
    this.manifests = manifests;
    this.macs = macs;
  }

  /// For a device that was just admitted and could show its claim.
  WorkOrder of(Job job) {
    return switch (job.state()) {
      case BOUND, LOADING, CANCELING, LOADED, AUTHORIZED, ERASING -> work(job);
      case HELD -> job.loading().news() && !job.ending().canceled() ? work(job) : keep(job);
      case FILLED ->
          new WorkOrder.Keep(
              job.id(), job.revision(), "It holds what was exported and is ready to go back.");
      case PENDING, ERASED, RELEASED, FAILED, CANCELED, EXPIRED -> keep(job);
    };
  }

  /// What the newest manifest asks for.
  WorkOrder work(Job job) {
    Optional<Manifest> manifest = manifests.of(job);
    if (manifest.isEmpty()) {
      return new WorkOrder.Keep(job.id(), job.revision(), "Its manifest cannot be read any more.");
    }
    return switch (manifest.get()) {
      case Manifest.S3Import s3 -> {
        LogLocation log = LogLocation.of(s3, job.id());
        boolean waived = !job.loading().waived().isEmpty();
        yield new WorkOrder.Load(
            job.id(), job.revision(), s3.load(), log.bucket(), log.key(), waived);
      }
      case Manifest.S3Export s3 -> fill(job, s3);
      case Manifest.EbsImport e -> unable(job, "An import into a snapshot");
      case Manifest.GlacierImport e -> unable(job, "An import into a vault");
    };
  }

  private WorkOrder fill(Job job, Manifest.S3Export s3) {
    LogLocation log = LogLocation.of(s3, job.id());
    boolean ownLock = s3.pinCode() != null && s3.password() == null;
    return new WorkOrder.Fill(
        job.id(),
        job.revision(),
        s3,
        log.bucket(),
        log.key(),
        macs.ofFill(job.id()),
        ownLock && !job.loading().waived().contains(HoldReason.LOCKED));
  }

  /// Where the log of the job's newest order goes: bucket, `/`, key.
  Confidential log(Job job, String key) {
    String bucket = manifests.of(job).map(m -> LogLocation.of(m, job.id()).bucket()).orElse("");
    return Confidential.of(bucket + "/" + key);
  }

  private static WorkOrder keep(Job job) {
    String why =
        job.waiting()
            .map(Hold::message)
            .flatMap(Confidential::text)
            .filter(text -> !text.isEmpty())
            .orElse("Nothing is to be done with it: its job is " + job.state() + ".");
    return new WorkOrder.Keep(job.id(), job.revision(), why);
  }

  private static WorkOrder unable(Job job, String what) {
    return new WorkOrder.Keep(
        job.id(), job.revision(), what + " is not something that this release can carry out.");
  }
}
