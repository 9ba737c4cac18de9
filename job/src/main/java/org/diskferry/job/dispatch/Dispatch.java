package org.diskferry.job.dispatch;

import org.diskferry.job.SignatureFile;

/// What a station asks of the server.
///
/// Contract, held by `DispatchContract`:
///
/// * Every call is idempotent: the same words again give the same answer and no second event, so a
///   station that was killed, or got no answer, asks again. Only `admit` gives a new lease each
///   time, and the order that belongs to how far the job is.
/// * A call with a lease that is not the job's newest changes nothing: `beat` answers
///   [Instruction.Lost], `authorizeErase` answers [EraseDecision.NotAuthorized], `report` throws
///   [IllegalStateException].
/// * What was answered is stored durably before it is answered.
public interface Dispatch {

  /// A device is in a bay. The first device admitted with a valid claim is the job's; the same
  /// device may be admitted again (after a restart, in another bay) and gets a new lease, which
  /// ends the older one.
  Admission admit(String station, DeviceIdentity device, Claim claim) throws DispatchException;

  /// Whether a `SIGNATURE` that could only be read once the device was opened is that of the
  /// lease's job. Changes nothing; false for a lease that is not the job's newest.
  boolean isSigned(Lease lease, SignatureFile file) throws DispatchException;

  /// Keeps a lease alive, tells how far the work is, and learns what changed.
  Instruction beat(Lease lease, Progress progress) throws DispatchException;

  /// Tells what happened.
  void report(Lease lease, StationReport report) throws DispatchException;

  /// Asks to erase: stores proof, device and lease in one transaction with the decision.
  EraseDecision authorizeErase(Lease lease, EraseProof proof) throws DispatchException;

  /// The device leaves the bay, whatever its state; the lease ends.
  void detach(Lease lease) throws DispatchException;
}
