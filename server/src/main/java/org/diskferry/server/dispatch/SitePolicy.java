package org.diskferry.server.dispatch;

import java.time.Duration;

/// What a site decides for all its jobs.
///
/// @param largestDevice bytes
/// @param pendingFor how long a job waits for its device
/// @param heldFor how long a device waits for a person
/// @param afterHold what happens then
public record SitePolicy(
    long largestDevice, Duration pendingFor, Duration heldFor, AfterHold afterHold) {
  /// Guide, "Storage Device Requirements": 16 TB, read as 2^40 each.
  private static final long SIXTEEN_TB = 16L << 40;

  /// Guide: "Your job expires after 30 days."
  private static final int PENDING_DAYS = 30;

  /// A weekend, and a week's work to mend a manifest.
  private static final int HELD_DAYS = 7;

  /// What happens to a device when nobody decides.
  public enum AfterHold {
    /// It goes back as it is.
    RETURN,
    /// It is erased, as the guide has it: the customer was told not to send the only copy. The
    /// device of an export goes back as it is all the same.
    ERASE
  }

  /// What holds where a site decides nothing.
  public static SitePolicy ofGuide() {
    return new SitePolicy(
        SIXTEEN_TB, Duration.ofDays(PENDING_DAYS), Duration.ofDays(HELD_DAYS), AfterHold.RETURN);
  }
}
