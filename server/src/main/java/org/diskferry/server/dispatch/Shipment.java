package org.diskferry.server.dispatch;

/// A parcel on its way back.
///
/// @param carrier name of the company, 1 to 64 characters
/// @param trackingNumber the carrier's, 1 to 32 characters
public record Shipment(String carrier, String trackingNumber) {
  private static final int LONGEST_CARRIER = 64;

  /// Guide, "GetStatus": TrackingNumber is a string of 32 bytes.
  private static final int LONGEST_NUMBER = 32;

  /// Checks that both are there.
  public Shipment {
    if (carrier.isBlank() || carrier.length() > LONGEST_CARRIER) {
      throw new IllegalArgumentException("a carrier's name has 1 to 64 characters");
    }
    if (trackingNumber.isBlank() || trackingNumber.length() > LONGEST_NUMBER) {
      throw new IllegalArgumentException("a tracking number has 1 to 32 characters");
    }
  }
}
