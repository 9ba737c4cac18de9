package org.diskferry.job;

import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.naming.LogLocation;

/// A job as the customer reads it. Guide, "Job and Device Status Codes".
///
/// @param progress code of the job's progress
/// @param progressMessage its sentence, with the places filled
/// @param location code of the device's place
/// @param locationMessage its sentence, with the places filled
/// @param errors rows with status 400 and above
public record JobStatus(
    ProgressCode progress,
    String progressMessage,
    LocationCode location,
    String locationMessage,
    long errors) {
  /// What is shown where a text was destroyed.
  private static final String GONE = "(no longer kept)";

  /// Of a job.
  public static JobStatus of(Job job) {
    ProgressCode code = code(job);
    return new JobStatus(
        code,
        message(job, code),
        location(job),
        locationMessage(job),
        job.loading().figures().errors());
  }

  /// Where the log of a job is; both parts are empty as long as there is none.
  public static LogLocation log(Job job) {
    String text = job.loading().log().text().orElse("");
    int slash = text.indexOf('/');
    return slash < 0
        ? new LogLocation("", "")
        : new LogLocation(text.substring(0, slash), text.substring(slash + 1));
  }

  private static ProgressCode code(Job job) {
    return switch (job.state()) {
      case PENDING -> pending(job);
      case BOUND, LOADING -> ProgressCode.IN_PROGRESS;
      case CANCELING, CANCELED -> ProgressCode.CANCELED;
      case LOADED, AUTHORIZED, ERASING, ERASED, FILLED ->
          job.isLoaded() ? loaded(job) : unread(job);
      case HELD -> held(job);
      case RELEASED -> released(job);
      case FAILED -> job.isLoaded() ? loaded(job) : ProgressCode.DEVICE_ERROR;
      case EXPIRED -> ProgressCode.EXPIRED;
    };
  }

  private static ProgressCode pending(Job job) {
    return switch (job.ending().refusal()) {
      case "" -> ProgressCode.PENDING;
      case "MissingSignature" -> ProgressCode.MISSING_SIGNATURE;
      case "UnsupportedDeviceType" -> ProgressCode.UNSUPPORTED_DEVICE_TYPE;
      default -> ProgressCode.INVALID_SIGNATURE;
    };
  }

  private static ProgressCode loaded(Job job) {
    return job.loading().figures().errors() > 0
        ? ProgressCode.SUCCESS_WITH_ERRORS
        : ProgressCode.COMPLETE;
  }

  private static ProgressCode held(Job job) {
    if (job.ending().canceled()) {
      return ProgressCode.CANCELED;
    }
    return switch (reason(job)) {
      case ERROR_ROWS, ERASE_FAILED -> loaded(job);
      case CANCELED -> ProgressCode.CANCELED;
      case UNREADABLE_FILE_SYSTEM,
          CANNOT_DECRYPT,
          STORE_REFUSES,
          UNEXPLAINED_SPACE,
          IMPLAUSIBLE_PLAN,
          NOT_CLEAN,
          PROOF_FAILED,
          LOCKED,
          CANNOT_FILL,
          OPERATOR ->
          ProgressCode.IN_PROGRESS;
    };
  }

  private static ProgressCode released(Job job) {
    if (job.ending().canceled()) {
      return ProgressCode.CANCELED;
    }
    boolean anythingLoaded = job.loading().finished() > 0;
    boolean errors = job.loading().figures().errors() > 0;
    return anythingLoaded && (errors || reason(job) != HoldReason.PROOF_FAILED)
        ? loaded(job)
        : unread(job);
  }

  private static ProgressCode unread(Job job) {
    return switch (reason(job)) {
      case UNREADABLE_FILE_SYSTEM, CANNOT_DECRYPT -> ProgressCode.UNSUPPORTED_FILE_FORMAT;
      case ERROR_ROWS,
          STORE_REFUSES,
          UNEXPLAINED_SPACE,
          IMPLAUSIBLE_PLAN,
          NOT_CLEAN,
          PROOF_FAILED,
          CANCELED,
          ERASE_FAILED,
          LOCKED,
          CANNOT_FILL,
          OPERATOR ->
          ProgressCode.CANCELED;
    };
  }

  private static HoldReason reason(Job job) {
    return job.lastReason().orElse(HoldReason.OPERATOR);
  }

  private static String message(Job job, ProgressCode code) {
    if (code == ProgressCode.IN_PROGRESS && job.waiting().isPresent()) {
      return job.waiting().get().message().text().orElse(GONE);
    }
    LogLocation log = log(job);
    return code.sentence()
        .replace("NUMBER", Long.toString(job.loading().figures().errors()))
        .replace("LOG_BUCKET", log.bucket().isEmpty() ? GONE : log.bucket())
        .replace("LOG_KEY", log.key().isEmpty() ? GONE : log.key());
  }

  private static LocationCode location(Job job) {
    if (job.ending().isReturned()) {
      return LocationCode.RETURNED;
    }
    return job.ending().received() ? LocationCode.AT_AWS : LocationCode.NOT_RECEIVED;
  }

  private static String locationMessage(Job job) {
    return location(job)
        .sentence()
        .replace("SHIPPER", job.ending().carrier())
        .replace("TRACKING_NUMBER", job.ending().tracking().text().orElse(GONE));
  }
}
