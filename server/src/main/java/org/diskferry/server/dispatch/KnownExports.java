package org.diskferry.server.dispatch;

import java.util.Optional;
import org.diskferry.job.Job;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobStoreException;
import org.diskferry.job.JobType;
import org.diskferry.job.dispatch.Admission.Refused;
import org.diskferry.job.dispatch.DeviceIdentity;

/// Devices that exports have written to. What they show is what a customer's bucket holds, and no
/// longer what the customer put there: it says nothing about whose they are, and whatever it says,
/// such a device is not a new one.
final class KnownExports {
  private final JobStore jobs;

  KnownExports(JobStore jobs) {
    this.jobs = jobs;
  }

  /// Why a device that waits to go back is not taken up, whatever it shows; empty where it does not
  /// hold an export, or part of one.
  Optional<Refused> finished(DeviceIdentity device) throws JobStoreException {
    return jobs.waitingToGoBack(device.fingerprint()).stream()
        .filter(job -> isWritten(job, device))
        .findFirst()
        .map(job ->
            new Refused(
                "Exported",
                "The device %1$s job %2$s's export; it is ready to go back. If it went back and came again, say so: dock return %2$s."
                    .formatted(holds(job), job.id())));
  }

  /// Why a device that shows nothing is not taken up though a job fills it: the operator must say
  /// that it is what it seems to be. Empty where no job fills it.
  Optional<Refused> interrupted(DeviceIdentity device) throws JobStoreException {
    return jobs.ofDevice(device.fingerprint())
        .filter(job -> isWritten(job, device))
        .map(job ->
            new Refused(
                "Unfinished",
                "The device seems to be that of job %1$s, whose filling was interrupted. If it is: dock attach DEVICE --job %1$s."
                    .formatted(job.id())));
  }

  /// Whether a job has begun to fill this device, and the device's own `SIGNATURE` is gone with
  /// that.
  static boolean isWritten(Job job, DeviceIdentity device) {
    return job.type() == JobType.EXPORT
        && job.loading().started() > 0
        && job.custody().fingerprint().equals(device.fingerprint())
        && job.custody().size() == device.size();
  }

  private static String holds(Job job) {
    return job.loading().finished() > 0 ? "holds" : "may hold part of";
  }
}
