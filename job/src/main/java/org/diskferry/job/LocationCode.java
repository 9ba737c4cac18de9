package org.diskferry.job;

/// Where a device is, on the wire. Guide, "Device Location Status Codes": its words and its
/// sentences.
public enum LocationCode {
  /// At the site.
  AT_AWS("AtAWS", "Your device is at AWS."),
  /// Not come yet.
  NOT_RECEIVED("NotReceived", "AWS has not received your device."),
  /// On its way back.
  RETURNED(
      "Returned", "Your device has been returned. The SHIPPER tracking number is TRACKING_NUMBER.");

  private final String word;
  private final String sentence;

  LocationCode(String word, String sentence) {
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
