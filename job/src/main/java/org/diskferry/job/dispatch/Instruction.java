package org.diskferry.job.dispatch;

/// The server's answer to a beat.
public sealed interface Instruction {

  /// Go on, or go on waiting.
  record Continue() implements Instruction {}

  /// There is a new order: its revision is higher than the one that is worked on, or rows were
  /// waived while on hold.
  record Follow(WorkOrder order) implements Instruction {}

  /// Stop at the next object: rows that are not done become `103 Canceled`; then report and hold.
  record Cancel() implements Instruction {}

  /// Let go of the device as it is: it goes back, not erased.
  record Release() implements Instruction {}

  /// The lease is not ours any more: stop at once and report nothing.
  record Lost() implements Instruction {}
}
