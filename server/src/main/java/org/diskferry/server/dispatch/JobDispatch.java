package org.diskferry.server.dispatch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobState;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobStoreException;
import org.diskferry.job.LifecycleException;
import org.diskferry.job.NoSuchJobException;
import org.diskferry.job.SignatureFile;
import org.diskferry.job.dispatch.Admission;
import org.diskferry.job.dispatch.Claim;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.dispatch.Dispatch;
import org.diskferry.job.dispatch.DispatchException;
import org.diskferry.job.dispatch.EraseDecision;
import org.diskferry.job.dispatch.EraseProof;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.dispatch.Instruction;
import org.diskferry.job.dispatch.Lease;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.dispatch.StationReport;
import org.diskferry.job.manifest.Regions;

/// Dispatch over a store of jobs. It keeps nothing that matters itself: after a restart everything
/// goes on from the jobs' events.
public final class JobDispatch implements Dispatch {
  /// A customer, an operator and a deadline that move one job at the same moment, and once more.
  private static final int TRIES = 4;

  private final JobStore jobs;
  private final Admissions admissions;
  private final Reports reports;
  private final EraseDesk erases;
  private final Orders orders;
  private final LiveProgress progress;
  private final InstantSource clock;
  private final FollowedOrders followed = new FollowedOrders();

  /// Over these jobs.
  ///
  /// @param regions under whose rules manifests were accepted
  /// @param tombstoneKey for the HMAC of tombstones and of the marks of devices that are being
  ///   filled; the same over the life of a site
  /// @param progress where beats leave what they tell
  public JobDispatch(
      JobStore jobs,
      Regions regions,
      SecretKey tombstoneKey,
      SitePolicy policy,
      LiveProgress progress,
      InstantSource clock) {
    TombstoneMac tombstones = new TombstoneMac(tombstoneKey);
    this.jobs = jobs;
    this.orders = new Orders(new StoredManifests(regions), tombstones);
    this.admissions = new Admissions(jobs, orders, tombstones, policy);
    this.reports = new Reports(jobs, orders);
    this.erases = new EraseDesk(jobs, tombstones, new SecureRandom());
    this.progress = progress;
    this.clock = clock;
  }

  @Override
  public Admission admit(String station, DeviceIdentity device, Claim claim)
      throws DispatchException {
    return settled("admit", () -> admissions.admit(station, device, claim));
  }

  @Override
  public boolean isSigned(Lease lease, SignatureFile file) throws DispatchException {
    return settled(
        "compare a SIGNATURE",
        () ->
            current(lease).isPresent()
                && file.job().equals(lease.job())
                && MessageDigest.isEqual(
                    jobs.signature(lease.job()).signature().getBytes(StandardCharsets.US_ASCII),
                    file.signature().getBytes(StandardCharsets.US_ASCII)));
  }

  @Override
  public Instruction beat(Lease lease, Progress told) throws DispatchException {
    return settled(
        "beat",
        () -> {
          Optional<Job> job = current(lease);
          if (job.isEmpty()) {
            return new Instruction.Lost();
          }
          progress.tell(lease.job(), told, clock.instant());
          return instruction(job.get());
        });
  }

  private Instruction instruction(Job job) {
    if (job.state() == JobState.RELEASED || cameBackFull(job)) {
      return new Instruction.Release();
    }
    if (job.state() == JobState.CANCELING) {
      return new Instruction.Cancel();
    }
    return job.loading().news() && followed.tell(job, clock.instant())
        ? new Instruction.Follow(orders.work(job))
        : new Instruction.Continue();
  }

  /// The station that filled the device knows that it may leave; a later one has nothing to do with
  /// it.
  private static boolean cameBackFull(Job job) {
    return job.state() == JobState.FILLED && job.custody().token() != job.loading().startedUnder();
  }

  @Override
  public void report(Lease lease, StationReport report) throws DispatchException {
    settled(
        "report",
        () -> {
          Job job =
              current(lease)
                  .orElseThrow(() -> new IllegalStateException("not the newest lease: " + lease));
          reports.store(job, report);
          return job;
        });
  }

  @Override
  public EraseDecision authorizeErase(Lease lease, EraseProof proof) throws DispatchException {
    return settled(
        "authorize an erase",
        () -> {
          Optional<Job> job = current(lease);
          return job.isPresent()
              ? erases.decide(job.get(), lease, proof)
              : new EraseDecision.NotAuthorized(
                  HoldReason.PROOF_FAILED, "Another bay has the device.");
        });
  }

  @Override
  public void detach(Lease lease) throws DispatchException {
    settled(
        "detach",
        () -> {
          Optional<Job> job = current(lease);
          if (job.isPresent()) {
            jobs.append(lease.job(), new JobEvent.Detached(lease.token()));
            progress.forget(lease.job());
            followed.forget(lease.job());
          }
          return lease;
        });
  }

  /// The lease's job, as long as the lease is its newest and the device is in its bay.
  private Optional<Job> current(Lease lease) throws JobStoreException {
    return jobs.find(lease.job())
        .filter(job ->
            job.custody().inBay()
                && job.custody().isBound()
                && job.custody().token() == lease.token()
                && job.custody().station().equals(lease.station()));
  }

  private interface Question<T> {
    T ask() throws LifecycleException, NoSuchJobException, JobStoreException;
  }

  /// Asks again when the job was moved in between; what is refused then is the station's mistake.
  private static <T> T settled(String what, Question<T> question) throws DispatchException {
    try {
      for (int i = 1; ; i++) {
        try {
          return question.ask();
        } catch (LifecycleException e) {
          if (i == TRIES) {
            throw new IllegalStateException(e.getMessage(), e);
          }
        }
      }
    } catch (JobStoreException e) {
      throw new DispatchException("cannot " + what + " now: " + e.getMessage(), e);
    } catch (NoSuchJobException e) {
      throw new IllegalStateException("a job that was there is gone", e);
    }
  }
}
