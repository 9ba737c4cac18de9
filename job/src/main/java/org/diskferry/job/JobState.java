package org.diskferry.job;

/// Where a job stands. How it moves is [Lifecycle]'s; what the customer reads is [JobStatus]'s.
public enum JobState {
  /// Created; no device is bound to it.
  PENDING,
  /// A device is bound to it, and work on it has not begun.
  BOUND,
  /// A station loads, or fills.
  LOADING,
  /// Cancelled while a station worked; the station has not stopped yet.
  CANCELING,
  /// Every file is accounted for; the erase may be asked for.
  LOADED,
  /// The device waits for a person.
  HELD,
  /// The erase is authorized.
  AUTHORIZED,
  /// The device is being overwritten.
  ERASING,
  /// Every byte of the device reads zero.
  ERASED,
  /// The device holds what was exported.
  FILLED,
  /// The device goes back as it is, not erased.
  RELEASED,
  /// The device does not function.
  FAILED,
  /// Cancelled before a device came.
  CANCELED,
  /// Nothing came in time.
  EXPIRED;

  /// Whether nothing more happens to the device than that it goes back.
  public boolean isOver() {
    return switch (this) {
      case PENDING, BOUND, LOADING, CANCELING, LOADED, HELD, AUTHORIZED, ERASING -> false;
      case ERASED, FILLED, RELEASED, FAILED, CANCELED, EXPIRED -> true;
    };
  }
}
