package org.diskferry.job;

/// What else is known of a job, towards its end.
///
/// @param canceled whether the customer cancelled
/// @param received whether the parcel, or a device, is or was here
/// @param refusal `InvalidSignature`, `MissingSignature` or `UnsupportedDeviceType` of the last
///   device that came, else empty
/// @param carrier who took the device back, empty before
/// @param tracking the carrier's number
/// @param keyDestroyed whether the confidential texts are gone
public record Ending(
    boolean canceled,
    boolean received,
    String refusal,
    String carrier,
    Confidential tracking,
    boolean keyDestroyed) {
  static final Ending NONE = new Ending(false, false, "", "", Confidential.of(""), false);

  /// Whether the device has gone back.
  public boolean isReturned() {
    return !carrier.isEmpty();
  }

  Ending canceling() {
    return new Ending(true, received, refusal, carrier, tracking, keyDestroyed);
  }

  Ending here() {
    return new Ending(canceled, true, "", "", Confidential.of(""), keyDestroyed);
  }

  Ending refused(String code) {
    return new Ending(canceled, true, code, "", Confidential.of(""), keyDestroyed);
  }

  Ending returned(JobEvent.Returned event) {
    return new Ending(canceled, received, refusal, event.carrier(), event.tracking(), keyDestroyed);
  }

  Ending forgotten() {
    return new Ending(canceled, received, refusal, carrier, tracking, true);
  }

  Ending with(Confidential shown) {
    return new Ending(canceled, received, refusal, carrier, shown, keyDestroyed);
  }
}
