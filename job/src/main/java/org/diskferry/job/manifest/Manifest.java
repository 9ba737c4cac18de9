package org.diskferry.job.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.job.JobType;
import org.diskferry.job.Secret;
import org.jspecify.annotations.Nullable;

/// A manifest that was read and found good: one of the four kinds of job. Empty text means that an
/// option is absent.
public sealed interface Manifest {

  /// What every kind has.
  Common common();

  /// Which way the data goes.
  JobType type();

  /// The files of a disk into a bucket.
  ///
  /// @param load what a station needs to know of it
  record S3Import(Common common, S3ImportManifest load) implements Manifest {
    @Override
    public JobType type() {
      return JobType.IMPORT;
    }
  }

  /// The objects of buckets onto a disk.
  ///
  /// @param fileSystem that the disk gets
  /// @param operations in the order in which they are carried out; at least one
  /// @param recoveryDirectory for objects whose keys make no file name; one name
  /// @param substitutions from what to what, in the manifest's order
  /// @param password of the volume to make; null where there is none
  /// @param pinCode of the device's own lock; null where there is none. One of the two is there
  /// @param containerFormat of the volume to make, where there is a password
  record S3Export(
      Common common,
      DeviceFileSystem fileSystem,
      List<ExportOperation> operations,
      String recoveryDirectory,
      Map<String, String> substitutions,
      @Nullable Secret password,
      @Nullable Secret pinCode,
      ContainerFormat containerFormat)
      implements Manifest {

    /// Copies the collections, keeping their order.
    public S3Export {
      operations = List.copyOf(operations);
      substitutions = Collections.unmodifiableMap(new LinkedHashMap<>(substitutions));
    }

    @Override
    public JobType type() {
      return JobType.EXPORT;
    }
  }

  /// A disk as one image into a snapshot.
  ///
  /// @param over1TB whether the disk holds more than 1 TB
  /// @param pinCode of the device's own lock; null where there is none
  record EbsImport(Common common, boolean over1TB, @Nullable Secret pinCode) implements Manifest {
    @Override
    public JobType type() {
      return JobType.IMPORT;
    }
  }

  /// A disk as one archive into a vault.
  ///
  /// @param vault where it goes
  /// @param archiveComment description of the archive
  /// @param pinCode of the device's own lock; null where there is none
  record GlacierImport(Common common, String vault, String archiveComment, @Nullable Secret pinCode)
      implements Manifest {
    @Override
    public JobType type() {
      return JobType.IMPORT;
    }
  }
}
