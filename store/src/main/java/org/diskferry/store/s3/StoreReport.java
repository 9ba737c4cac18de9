package org.diskferry.store.s3;

import java.util.List;
import org.diskferry.store.StoreCapabilities;

/// What an examination of a store came to.
///
/// @param capabilities what the client makes use of
/// @param findings all that was asked, in the order of asking
public record StoreReport(StoreCapabilities capabilities, List<Finding> findings) {

  /// Copies the list.
  public StoreReport {
    findings = List.copyOf(findings);
  }

  /// What works less well than it might.
  public List<Finding> degraded() {
    return findings.stream().filter(f -> f.grade() == Finding.Grade.DEGRADES).toList();
  }
}
