package org.diskferry.job;

/// How far a job is, on the wire. Guide, "Job Progress Status Codes": its words and its sentences.
public enum ProgressCode {
  /// Cancelled by the customer, or given up.
  CANCELED("Canceled", "The job was canceled."),
  /// All of it is loaded.
  COMPLETE(
      "Complete",
      "The data loaded successfully. The log was saved to LOG_KEY in the bucket LOG_BUCKET."),
  /// The device does not work.
  DEVICE_ERROR("DeviceError", "The job was aborted. Your device would not function properly."),
  /// No device came in time.
  EXPIRED("Expired", "The job expired."),
  /// The device is being worked on, or waits.
  IN_PROGRESS("InProgress", "The data on your device is currently being loaded."),
  /// `SIGNATURE` is not the job's.
  INVALID_SIGNATURE("InvalidSignature", "The job was aborted. The SIGNATURE file was invalid."),
  /// Something is not in the parcel.
  MISSING_DEVICE(
      "MissingDevice",
      "The job was aborted. Your device, power supply, or device connectors were missing."),
  /// There is no `SIGNATURE`.
  MISSING_SIGNATURE("MissingSignature", "The job was aborted. The SIGNATURE file was missing."),
  /// No device came yet.
  PENDING("Pending", "The specified job has not started."),
  /// Loaded, with error rows.
  SUCCESS_WITH_ERRORS(
      "SuccessWithErrors",
      "The data load completed with NUMBER of errors. See LOG_KEY in the bucket LOG_BUCKET. for"
          + " more details."),
  /// The device cannot be connected, or is too large.
  UNSUPPORTED_DEVICE_TYPE(
      "UnsupportedDeviceType",
      "The job was aborted. AWS Import/Export requires a USB2 or eSATA connector type, or a 2.5\""
          + " or 3.5\" SATA hard drive."),
  /// No file system that could be read.
  UNSUPPORTED_FILE_FORMAT(
      "UnsupportedFileFormat",
      "The job was aborted. For supported file types, see For more information, see Guidelines and"
          + " Limitations."),
  /// The power supply does not fit.
  UNSUPPORTED_POWER_SUPPLY(
      "UnsupportedPowerSupply",
      "The job was aborted. AWS Import/Export on US East (N. Virginia) buckets requires a 120 volt"
          + " 60Hz, compatible power supply. EU buckets require a 230 volt, 50 Hertz compatible"
          + " power supply that uses a Euro plug (C connector or D connector) or UK plug (BS1363)."
          + " Singapore buckets require 230 volts, 50 Hertz compatible power supply.");

  private final String word;
  private final String sentence;

  ProgressCode(String word, String sentence) {
    this.word = word;
    this.sentence = sentence;
  }

  /// The word on the wire.
  public String word() {
    return word;
  }

  String sentence() {
    return sentence;
  }
}
