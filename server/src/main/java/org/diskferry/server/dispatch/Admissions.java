package org.diskferry.server.dispatch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.diskferry.job.DeviceTakenException;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobEvent.Binding;
import org.diskferry.job.JobId;
import org.diskferry.job.JobState;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobStoreException;
import org.diskferry.job.LifecycleException;
import org.diskferry.job.NoSuchJobException;
import org.diskferry.job.dispatch.Admission;
import org.diskferry.job.dispatch.Admission.Admitted;
import org.diskferry.job.dispatch.Admission.Refused;
import org.diskferry.job.dispatch.Claim;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.dispatch.Lease;
import org.diskferry.job.dispatch.WorkOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says whose a device is. The first that is admitted with a valid claim is its job's device; no
/// other is, until it turns out that the first never was.
final class Admissions {
  private static final Logger LOG = LoggerFactory.getLogger(Admissions.class);

  private final JobStore jobs;
  private final Orders orders;
  private final TombstoneMac tombstones;
  private final SitePolicy policy;
  private final KnownExports exports;

  Admissions(JobStore jobs, Orders orders, TombstoneMac tombstones, SitePolicy policy) {
    this.jobs = jobs;
    this.orders = orders;
    this.tombstones = tombstones;
    this.policy = policy;
    this.exports = new KnownExports(jobs);
  }

  /// @throws LifecycleException when somebody else moved the job at the same moment: ask again
  Admission admit(String station, DeviceIdentity device, Claim claim)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    Visitor visitor = new Visitor(station, device);
    Optional<Refused> exported =
        claim instanceof Claim.Begun ? Optional.empty() : exports.finished(device);
    if (exported.isPresent()) {
      return exported.get();
    }
    return switch (claim) {
      case Claim.Begun(JobId id, String mac) -> begun(id, mac, visitor);
      case Claim.Signed(JobId id, String signature) -> signed(id, signature, visitor);
      case Claim.Bound(JobId id) -> bound(id, visitor);
      case Claim.Unsigned(JobId id, String code, String reason) ->
          unsigned(id, code, reason, visitor);
      case Claim.Entombed e -> entombed(e, visitor);
      case Claim.None(String code, String reason) -> none(code, reason, visitor);
    };
  }

  private record Visitor(String station, DeviceIdentity device) {
    boolean isDeviceOf(Job job) {
      return job.custody().isBound()
          && job.custody().fingerprint().equals(device.fingerprint())
          && job.custody().size() == device.size();
    }
  }

  private Admission signed(JobId id, String signature, Visitor visitor)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    Optional<Job> job = jobs.find(id);
    if (job.isEmpty()) {
      return unknown(id);
    }
    boolean valid =
        MessageDigest.isEqual(
            jobs.signature(id).signature().getBytes(StandardCharsets.UTF_8),
            signature.getBytes(StandardCharsets.UTF_8));
    if (!valid) {
      tell(job.get(), "InvalidSignature", visitor);
      return new Refused(
          "InvalidSignature", "The SIGNATURE names job %s and was not made for it.".formatted(id));
    }
    return take(job.get(), visitor, Binding.SIGNATURE);
  }

  private Admission bound(JobId id, Visitor visitor)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    Optional<Job> job = jobs.find(id);
    if (job.isEmpty()) {
      return unknown(id);
    }
    return job.get().state() == JobState.ERASING && visitor.isDeviceOf(job.get())
        ? finishErase(job.get(), visitor)
        : take(job.get(), visitor, Binding.OPERATOR);
  }

  private Admission unsigned(JobId id, String code, String reason, Visitor visitor)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    Optional<Job> job = jobs.find(id);
    // With another job's SIGNATURE on it, it may be somebody's disk behind the same bridge.
    if (job.isPresent()
        && code.equals("MissingSignature")
        && KnownExports.isWritten(job.get(), visitor.device())) {
      return take(job.get(), visitor, Binding.OPERATOR);
    }
    if (job.isPresent()) {
      tell(job.get(), code, visitor);
    }
    return new Refused(code, reason);
  }

  private Admission begun(JobId id, String mac, Visitor visitor)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    if (!tombstones.isFill(id, mac)) {
      return new Refused(
          "InvalidSignature", "Its filling was begun elsewhere: the mark on it is not ours.");
    }
    Optional<Job> job = jobs.find(id);
    if (job.isEmpty()) {
      return unknown(id);
    }
    if (!visitor.isDeviceOf(job.get())) {
      return second(job.get());
    }
    return job.get().ending().isReturned()
        ? closed(job.get())
        : admitted(lease(job.get(), visitor));
  }

  private Admission entombed(Claim.Entombed claim, Visitor visitor)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    if (!tombstones.isOurs(claim.job(), claim.proof(), claim.mac())) {
      return new Refused(
          "InvalidSignature", "Its erase was begun elsewhere: the tombstone is not ours.");
    }
    Optional<Job> job = jobs.find(claim.job());
    if (job.isEmpty()) {
      return unknown(claim.job());
    }
    if (!visitor.isDeviceOf(job.get())) {
      return second(job.get());
    }
    return mayFinish(job.get())
        ? finishErase(job.get(), visitor)
        : admitted(lease(job.get(), visitor));
  }

  /// A device that reads zero throughout and was not reported as erased any more.
  private Admission none(String code, String reason, Visitor visitor)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    if (code.equals("Blank")) {
      Optional<Job> job =
          jobs.ofDevice(visitor.device().fingerprint())
              .filter(j -> j.state() == JobState.ERASING && visitor.isDeviceOf(j));
      if (job.isPresent()) {
        return finishErase(job.get(), visitor);
      }
    }
    Optional<Refused> interrupted = exports.interrupted(visitor.device());
    return interrupted.orElseGet(() -> new Refused(code, reason));
  }

  private static boolean mayFinish(Job job) {
    return job.state() == JobState.AUTHORIZED
        || job.state() == JobState.ERASING
        || job.waiting().filter(h -> h.reason() == HoldReason.ERASE_FAILED).isPresent();
  }

  private Admission take(Job job, Visitor visitor, Binding by)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    if (visitor.isDeviceOf(job) && !job.ending().isReturned()) {
      return admitted(lease(job, visitor));
    }
    if (job.state().isOver()) {
      return closed(job);
    }
    if (job.custody().isBound()) {
      return second(job);
    }
    if (visitor.device().size() > policy.largestDevice()) {
      tell(job, "UnsupportedDeviceType", visitor);
      return new Refused(
          "UnsupportedDeviceType",
          "The device has %d bytes, and at most %d are taken."
              .formatted(visitor.device().size(), policy.largestDevice()));
    }
    return bind(job, visitor, by);
  }

  private Admission bind(Job job, Visitor visitor, Binding by)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    DeviceIdentity device = visitor.device();
    try {
      Job bound =
          jobs.append(job.id(), new JobEvent.DeviceBound(device.fingerprint(), device.size(), by));
      return admitted(lease(bound, visitor));
    } catch (DeviceTakenException e) {
      LOG.info("device {} asks for job {} and is another job's", device.fingerprint(), job.id());
      return new Refused("DeviceTaken", "The device is another job's, which is not over.");
    }
  }

  private Admission finishErase(Job job, Visitor visitor)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    String proof = job.erasure().proof();
    WorkOrder order =
        new WorkOrder.FinishErase(job.id(), job.revision(), proof, tombstones.of(job.id(), proof));
    return new Admitted(leaseOf(lease(job, visitor)), order);
  }

  /// The next lease; it ends the one before.
  private Job lease(Job job, Visitor visitor)
      throws LifecycleException, NoSuchJobException, JobStoreException {
    return jobs.append(
        job.id(), new JobEvent.Admitted(visitor.station(), job.custody().token() + 1));
  }

  private Admission admitted(Job job) {
    return new Admitted(leaseOf(job), orders.of(job));
  }

  private static Lease leaseOf(Job job) {
    return new Lease(job.id(), job.custody().station(), job.custody().token());
  }

  /// Lets the job know of a device that cannot be its own: once, and only while none is.
  private void tell(Job job, String code, Visitor visitor)
      throws NoSuchJobException, JobStoreException {
    boolean concerns =
        visitor.isDeviceOf(job)
            || (job.state() == JobState.PENDING && !job.ending().refusal().equals(code));
    if (!concerns) {
      return;
    }
    try {
      jobs.append(job.id(), new JobEvent.DeviceRefused(code, visitor.device().fingerprint()));
    } catch (LifecycleException e) {
      LOG.info("not told: {}", e.getMessage());
    }
  }

  private static Refused unknown(JobId id) {
    return new Refused("UnknownJob", "There is no job %s.".formatted(id));
  }

  private static Refused closed(Job job) {
    return new Refused("JobClosed", "Job %s is %s.".formatted(job.id(), job.state()));
  }

  private static Refused second(Job job) {
    LOG.info("a second device asks for job {}", job.id());
    return new Refused(
        "SecondDevice", "Job %s has a device, and it is another one.".formatted(job.id()));
  }
}
