package org.diskferry.job.manifest;

import java.util.List;
import java.util.regex.Pattern;
import org.diskferry.job.manifest.BucketUse.Purpose;

/// Collects the buckets that a manifest names.
final class BucketUses {
  /// What every store takes as part of a host's name.
  private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private BucketUses() {}

  static void collect(Kind kind, Fields top, List<Fields> operations, Findings findings) {
    use(top, "bucket", Purpose.IMPORT, Section.TOP, findings);
    for (Fields operation : operations) {
      use(operation, "exportBucket", Purpose.EXPORT, Section.OPERATION, findings);
    }
    use(top, "logBucket", Purpose.LOG, Section.TOP, findings);
    if (kind == Kind.S3_IMPORT && top.has("bucket") && !top.has("logBucket")) {
      findings.use(new BucketUse(top.text("bucket"), Purpose.LOG, top.line("bucket"), "bucket"));
    }
  }

  private static void use(
      Fields fields, String option, Purpose purpose, Section section, Findings findings) {
    if (!fields.has(option)) {
      return;
    }
    String bucket = fields.text(option);
    String path = section.path() + option;
    findings.use(new BucketUse(bucket, purpose, fields.line(option), path));
    if (!HOST_NAME.matcher(bucket).matches()) {
      findings.warn(
          fields.line(option),
          path,
          "%s is a name that not every store takes; newer buckets have 3 to 63 lower-case letters,"
                  .formatted(Shown.clip(bucket))
              + " digits, dots and hyphens");
    }
  }
}
