package org.diskferry.access.signing;

import org.diskferry.access.signing.Verification.Refused;

/// Ends a verification early. Inside this package only; servers see [Verification].
final class NotVerified extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Refused refused;

  NotVerified(Refusal refusal, String detail) {
    // No stack trace: a stranger may cause thousands of these a second.
    super(detail, null, false, false);
    this.refused = new Refused(refusal, detail);
  }

  Refused refused() {
    return refused;
  }
}
