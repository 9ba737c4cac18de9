package org.diskferry.job.manifest;

/// What kind of thing is wrong with a manifest, in the order in which one answer's code is chosen:
/// of several faults the class that stands first here names the answer.
///
/// Those about buckets are not found in the text: whoever can ask the store adds them. The guide's
/// order has no place for a foreign access key; it comes last, since nothing depends on it.
public enum FaultClass {
  /// No YAML, or YAML that a manifest may not use.
  MALFORMED("MalformedManifestException", "Your manifest is not well-formed"),
  /// A required option is absent or empty.
  MISSING_FIELD(
      "MissingManifestFieldException",
      "One or more required fields were missing from the manifest file. Please correct and"
          + " resubmit."),
  /// An option has a value that it cannot have, or is no option.
  INVALID_FIELD(
      "InvalidManifestFieldException",
      "One or more manifest fields was invalid. Please correct and resubmit."),
  /// The return address cannot be delivered to.
  INVALID_ADDRESS("InvalidAddressException", "The address specified in the manifest is invalid."),
  /// The parcel crosses a border and the papers lack something.
  MISSING_CUSTOMS(
      "MissingCustomsException",
      "One or more required customs parameters was missing from the manifest."),
  /// What is said for the customs cannot be, or may not be carried.
  INVALID_CUSTOMS(
      "InvalidCustomsException",
      "One or more customs parameters was invalid. Please correct and resubmit."),
  /// The file system for an export is none that is written.
  INVALID_FILE_SYSTEM(
      "InvalidFileSystemException", "File system specified in export manifest is invalid."),
  /// A bucket does not exist.
  NO_SUCH_BUCKET(
      "NoSuchBucketException",
      "The specified bucket does not exist. Create the specified bucket or change the manifest's"
          + " bucket, exportBucket, or logBucket field to a bucket that the account, as specified"
          + " by the credentials file, has write permissions to."),
  /// A bucket is not the account's to use.
  BUCKET_PERMISSION(
      "BucketPermissionException",
      "The account specified does not have the appropriate bucket permissions."),
  /// The buckets lie in several regions.
  MULTIPLE_REGIONS(
      "MultipleRegionsException",
      "Your manifest file contained buckets from multiple regions. A job is restricted to buckets"
          + " from one region. Please correct and resubmit."),
  /// The manifest names another access key than the one that signed the request.
  INVALID_ACCESS_KEY(
      "InvalidAccessKeyIdException",
      "The access key of the request is not the accessKeyId of the manifest.");

  private final String code;
  private final String text;

  FaultClass(String code, String text) {
    this.code = code;
    this.text = text;
  }

  /// The error code on the wire.
  public String code() {
    return code;
  }

  /// What the message on the wire begins with; old clients compare it.
  public String text() {
    return text;
  }
}
