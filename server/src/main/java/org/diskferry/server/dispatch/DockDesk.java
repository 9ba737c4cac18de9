package org.diskferry.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.job.Confidential;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobEvent.Cause;
import org.diskferry.job.JobEvent.Waiver;
import org.diskferry.job.JobId;
import org.diskferry.job.JobState;
import org.diskferry.job.JobStatus;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobStoreException;
import org.diskferry.job.LifecycleException;
import org.diskferry.job.NoSuchJobException;
import org.diskferry.job.dispatch.HoldReason;

/// What the operator says about devices: `dock list`, `hold`, `waive`, `release`, `return`. What
/// cannot be done is a [LifecycleException] that says why.
public final class DockDesk {
  /// More than any dock has bays.
  private static final int MOST = 10_000;

  private final JobStore jobs;
  private final LiveProgress progress;

  /// Over these jobs.
  public DockDesk(JobStore jobs, LiveProgress progress) {
    this.jobs = jobs;
    this.progress = progress;
  }

  /// All devices that are here, oldest job first.
  public List<DockEntry> list() throws JobStoreException {
    List<DockEntry> entries = new ArrayList<>();
    for (Job job : jobs.atTheDock(MOST)) {
      entries.add(new DockEntry(job, JobStatus.of(job), progress.of(job.id()).orElse(null)));
    }
    return entries;
  }

  /// The customer accepts what holds the device: it is loaded, or erased, as it is. Of the device
  /// of an export it says that the operator has dealt with what holds it: it is filled, or filled
  /// on.
  public Job waive(JobId id) throws NoSuchJobException, LifecycleException, JobStoreException {
    Job job = known(id);
    Waiver by =
        switch (job.type()) {
          case IMPORT -> Waiver.CUSTOMER;
          case EXPORT -> Waiver.OPERATOR;
        };
    return jobs.append(id, new JobEvent.Waived(job.revision(), by));
  }

  /// The device is not erased until [#waive]; a load goes on. Once more does nothing. Not possible
  /// with the device of an export, which is never erased.
  public Job hold(JobId id) throws NoSuchJobException, LifecycleException, JobStoreException {
    Job job = known(id);
    Job barred = job.loading().barred() ? job : jobs.append(id, new JobEvent.EraseBarred());
    return barred.state() == JobState.LOADED
        ? jobs.append(
            id,
            new JobEvent.Held(
                HoldReason.OPERATOR, Confidential.of("The operator keeps the device for now.")))
        : barred;
  }

  /// The device goes back as it is, not erased.
  public Job release(JobId id) throws NoSuchJobException, LifecycleException, JobStoreException {
    return jobs.append(id, new JobEvent.Released(Cause.OPERATOR));
  }

  /// A parcel for the job is here.
  public Job received(JobId id) throws NoSuchJobException, LifecycleException, JobStoreException {
    return jobs.append(id, new JobEvent.Received());
  }

  /// The device was handed to a carrier.
  public Job returned(JobId id, Shipment shipment)
      throws NoSuchJobException, LifecycleException, JobStoreException {
    return jobs.append(
        id, new JobEvent.Returned(shipment.carrier(), Confidential.of(shipment.trackingNumber())));
  }

  private Job known(JobId id) throws NoSuchJobException, JobStoreException {
    return jobs.find(id).orElseThrow(() -> new NoSuchJobException(id));
  }
}
