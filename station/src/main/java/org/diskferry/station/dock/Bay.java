package org.diskferry.station.dock;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.job.JobId;
import org.jspecify.annotations.Nullable;

/// A place where a device is: a file or link in the dock folder, or a path that was attached.
///
/// @param path as the operator sees it
/// @param binding the job that the operator says it belongs to; null where the device must say so
public record Bay(Path path, @Nullable JobId binding) {
  private static final Pattern NAMED_AFTER_JOB = Pattern.compile("([A-HJKMNP-Z0-9]{5})\\.img");

  /// What was dropped: `ID.img` is bound to job ID, which must be written as the job has it, or
  /// many an ordinary name would be one.
  static Bay dropped(Path path) {
    Matcher name = NAMED_AFTER_JOB.matcher(String.valueOf(path.getFileName()));
    return new Bay(path, name.matches() ? new JobId(name.group(1)) : null);
  }
}
