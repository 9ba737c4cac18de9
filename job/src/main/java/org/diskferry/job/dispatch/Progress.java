package org.diskferry.job.dispatch;

/// How far a station is with a device; for people, and therefore not an event.
///
/// @param phase what it is doing
/// @param doneFiles files done in this phase
/// @param files files in all, 0 while unknown
/// @param doneBytes bytes done in this phase
/// @param bytes bytes in all, 0 while unknown
public record Progress(Phase phase, long doneFiles, long files, long doneBytes, long bytes) {

  /// The steps of a device's stay, in order.
  public enum Phase {
    /// Reading the metadata and planning keys.
    SCAN,
    /// Reading files and storing them.
    LOAD,
    /// Making a volume.
    FORMAT,
    /// Fetching objects and writing them.
    FILL,
    /// Reading the device a second time and comparing.
    VERIFY,
    /// Comparing the store's listing with what was stored.
    PROVE,
    /// Waiting for a person.
    HOLD,
    /// Overwriting the device.
    ERASE,
    /// Nothing more to do; the device may leave.
    DONE
  }
}
