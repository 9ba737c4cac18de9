package org.diskferry.job.dispatch;

/// Why a device waits for a person.
public enum HoldReason {
  /// Loaded, and some rows are errors.
  ERROR_ROWS,
  /// No file system that can be read was found.
  UNREADABLE_FILE_SYSTEM,
  /// Encrypted, and the password does not open it; or what the guide refuses beside that: no
  /// password, nothing encrypted though there is one, a container of another name, a `SIGNATURE`
  /// inside that is not the job's.
  CANNOT_DECRYPT,
  /// The store refuses: no such bucket, no right, no room.
  STORE_REFUSES,
  /// Space on the device is in use and belongs to nothing that was read.
  UNEXPLAINED_SPACE,
  /// What is to be loaded is several times what the device has allocated.
  IMPLAUSIBLE_PLAN,
  /// The volume was left by a sleeping or crashed system.
  NOT_CLEAN,
  /// The second pass, or the store's listing, disagrees with what was stored.
  PROOF_FAILED,
  /// The customer cancelled while it was being loaded.
  CANCELED,
  /// The device could not be overwritten.
  ERASE_FAILED,
  /// The device has a lock of its own, and nobody has confirmed that it is open.
  LOCKED,
  /// No volume can be made on the device: it is too small, or does not keep what is written.
  CANNOT_FILL,
  /// A person at the dock keeps the device for now.
  OPERATOR
}
