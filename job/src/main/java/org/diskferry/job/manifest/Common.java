package org.diskferry.job.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every manifest says. Guide, "Common Manifest File Options". Empty text means that the
/// option is absent.
///
/// @param version of the manifest, as written: `2.0`, `3.0`, or an old one that is read as `2.0`
/// @param deviceId what the customer calls the disk
/// @param generator what wrote the manifest
/// @param logBucket where log, instructions and label go; the data's bucket where none is named
/// @param logPrefix put before their keys, as it is
/// @param notificationEmail addresses, at least one
/// @param returnAddress where the disk goes back to
/// @param serviceLevel how it goes back
/// @param facility where the disk is sent
/// @param customs null where none are given
public record Common(
    String version,
    String deviceId,
    String generator,
    String logBucket,
    String logPrefix,
    List<String> notificationEmail,
    ReturnAddress returnAddress,
    ServiceLevel serviceLevel,
    Facility facility,
    @Nullable Customs customs) {

  /// Copies the list.
  public Common {
    notificationEmail = List.copyOf(notificationEmail);
  }
}
