package org.diskferry.job;

import java.time.Instant;
import org.diskferry.job.dispatch.HoldReason;

/// Why a device waits for a person, or waited last.
///
/// @param reason which kind
/// @param message for the customer
/// @param since when the waiting began
public record Hold(HoldReason reason, Confidential message, Instant since) {
  Hold with(Confidential shown) {
    return new Hold(reason, shown, since);
  }
}
