package org.diskferry.job.naming;

import org.diskferry.job.JobId;
import org.diskferry.job.manifest.Common;
import org.diskferry.job.manifest.Manifest;

/// Where a job's log goes. Guide, "Preventing Log File Name Collisions": `logPrefix` as it is, then
/// `import-log-` or `export-log-` and the job's id, in the log bucket.
///
/// @param bucket `logBucket`, or the data's bucket where none is named
/// @param key 1 to 1,024 bytes; the manifest was checked for that
public record LogLocation(String bucket, String key) {

  /// Of a job.
  public static LogLocation of(Manifest manifest, JobId job) {
    Common common = manifest.common();
    String name =
        switch (manifest.type()) {
          case IMPORT -> "import-log-";
          case EXPORT -> "export-log-";
        };
    return new LogLocation(common.logBucket(), common.logPrefix() + name + job);
  }
}
