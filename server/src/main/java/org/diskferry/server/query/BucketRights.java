package org.diskferry.server.query;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.access.Principal;
import org.diskferry.job.manifest.BucketUse;
import org.diskferry.job.manifest.Manifest;

/// What a caller's policies must allow on a bucket before a job may use it. Guide, "Granting Access
/// to Related AWS Resources".
final class BucketRights {
  private static final String ARN = "arn:aws:s3:::";
  private static final List<String> WRITE_BUCKET =
      List.of("s3:GetBucketLocation", "s3:ListBucketMultipartUploads");
  private static final List<String> WRITE_OBJECTS =
      List.of("s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts");
  private static final List<String> READ_BUCKET = List.of("s3:GetBucketLocation", "s3:ListBucket");
  private static final List<String> READ_OBJECTS = List.of("s3:GetObject");

  private BucketRights() {}

  /// The actions on the bucket itself that the caller lacks.
  static List<String> missing(Principal caller, BucketUse use) {
    return denied(
        caller,
        switch (use.purpose()) {
          case IMPORT, LOG -> WRITE_BUCKET;
          case EXPORT -> READ_BUCKET;
        },
        ARN + use.bucket());
  }

  /// The actions on the objects of a job that the caller lacks; they may be limited to a prefix.
  static List<String> missing(Principal caller, BucketUse use, Manifest manifest) {
    return switch (use.purpose()) {
      case LOG -> denied(caller, WRITE_OBJECTS, below(use, manifest.common().logPrefix()));
      case EXPORT, IMPORT ->
          switch (manifest) {
            case Manifest.S3Import job -> missingForImport(caller, use, job);
            case Manifest.S3Export job -> missingForExport(caller, use, job);
            case Manifest.EbsImport _, Manifest.GlacierImport _ -> List.of();
          };
    };
  }

  /// Of all operations on the bucket: one of them may be allowed and another not.
  private static List<String> missingForExport(
      Principal caller, BucketUse use, Manifest.S3Export job) {
    return job.operations().stream()
        .filter(operation -> operation.bucket().equals(use.bucket()))
        .flatMap(operation -> denied(caller, READ_OBJECTS, below(use, operation.prefix())).stream())
        .distinct()
        .toList();
  }

  private static List<String> missingForImport(
      Principal caller, BucketUse use, Manifest.S3Import job) {
    List<String> actions = new ArrayList<>(WRITE_OBJECTS);
    if (!job.load().acl().isEmpty()) {
      actions.add("s3:PutObjectAcl");
    }
    return denied(caller, actions, below(use, job.load().prefix()));
  }

  /// No object has this name; whatever pattern matches it matches all keys with the prefix.
  private static String below(BucketUse use, String prefix) {
    return ARN + use.bucket() + "/" + prefix + "*";
  }

  private static List<String> denied(Principal caller, List<String> actions, String resource) {
    return actions.stream().filter(a -> !caller.policies().allow(a, resource)).toList();
  }
}
