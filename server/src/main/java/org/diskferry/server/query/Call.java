package org.diskferry.server.query;

import java.util.Locale;
import java.util.Optional;
import org.diskferry.access.Principal;
import org.diskferry.access.signing.FormParameters;
import org.diskferry.job.JobId;
import org.diskferry.job.JobType;

/// A request whose sender is known: who asks, and with which parameters. Parameters that an action
/// does not know are ignored, because clients send them.
record Call(Principal caller, FormParameters parameters) {

  /// A parameter's text, empty where it is absent.
  String text(String name) {
    return parameters.value(name).orElse("");
  }

  String required(String name) throws QueryException {
    String value = text(name);
    if (value.isEmpty()) {
      throw new QueryException(ErrorCode.MISSING_PARAMETER, name + " must be specified");
    }
    return value;
  }

  /// A parameter that is `true` or `false`; absent or empty means no.
  boolean flag(String name) throws QueryException {
    String value = text(name);
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false", "" -> false;
      default -> throw invalid(name + " must be true or false, not " + Quote.of(value));
    };
  }

  JobType jobType() throws QueryException {
    String word = required("JobType");
    return JobType.of(word)
        .orElseThrow(() -> invalid("JobType must be Import or Export, not " + Quote.of(word)));
  }

  /// The job that `JobId` names. Whether there is one is another question.
  JobId jobId() throws QueryException {
    String typed = text("JobId");
    if (typed.isEmpty()) {
      throw new QueryException(ErrorCode.INVALID_JOB_ID, "JobId must be specified");
    }
    return jobId(typed);
  }

  static JobId jobId(String typed) throws QueryException {
    Optional<JobId> job = JobId.typed(typed);
    return job.orElseThrow(() -> noSuchJob(typed));
  }

  static QueryException noSuchJob(String typed) {
    return new QueryException(
        ErrorCode.INVALID_JOB_ID, "No such job %s for your account".formatted(Quote.of(typed)));
  }

  static QueryException invalid(String message) {
    return new QueryException(ErrorCode.INVALID_PARAMETER, message);
  }
}
