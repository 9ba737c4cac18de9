package org.diskferry.job;

/// The job's device, and who has it.
///
/// @param fingerprint empty while no device is bound
/// @param size bytes
/// @param station that was given it last, empty before
/// @param token fencing token of the newest lease, 0 before the first
/// @param inBay whether that lease still holds
/// @param ordered revision of the order that came with that lease
public record Custody(
    String fingerprint, long size, String station, long token, boolean inBay, int ordered) {
  static final Custody NONE = new Custody("", 0, "", 0, false, 0);

  /// Whether the job has a device.
  public boolean isBound() {
    return !fingerprint.isEmpty();
  }

  Custody bound(JobEvent.DeviceBound event) {
    return new Custody(event.fingerprint(), event.size(), station, token, false, ordered);
  }

  /// The token stays: what was given out before must not come back to life.
  Custody unbound() {
    return new Custody("", 0, "", token, false, 0);
  }

  Custody admitted(JobEvent.Admitted event, int revision) {
    return new Custody(fingerprint, size, event.station(), event.token(), true, revision);
  }

  Custody detached() {
    return new Custody(fingerprint, size, station, token, false, ordered);
  }
}
