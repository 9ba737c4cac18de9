package org.diskferry.station.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.diskferry.job.SignatureFile;
import org.diskferry.job.dispatch.Admission;
import org.diskferry.job.dispatch.Claim;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.dispatch.Dispatch;
import org.diskferry.job.dispatch.EraseDecision;
import org.diskferry.job.dispatch.EraseProof;
import org.diskferry.job.dispatch.Instruction;
import org.diskferry.job.dispatch.Lease;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.dispatch.StationReport;
import org.diskferry.job.dispatch.WorkOrder;

/// A server with one job, whose events are lines of a file: it outlives the process. What was told
/// twice is there once.
public final class FileDispatch implements Dispatch {
  private static final String PROOF = "proof-1";
  private static final String MAC = "0123456789abcdef";

  private final Path events;
  private final WorkOrder.Load order;

  /// With one order.
  public FileDispatch(Path events, WorkOrder.Load order) {
    this.events = events;
    this.order = order;
  }

  /// What happened, in order.
  public List<String> events() {
    try {
      return Files.exists(events) ? Files.readAllLines(events) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void note(String event) {
    if (!events().contains(event)) {
      try {
        Files.writeString(
            events, event + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public Admission admit(String station, DeviceIdentity device, Claim claim) {
    Lease lease = new Lease(order.job(), station, System.nanoTime());
    note("Admitted " + order.job());
    WorkOrder next =
        switch (claim) {
          case Claim.Signed _, Claim.Bound _, Claim.Begun _ -> order;
          case Claim.Entombed(_, String proof, String mac) ->
              new WorkOrder.FinishErase(order.job(), order.revision(), proof, mac);
          case Claim.Unsigned _, Claim.None _ -> unclaimed();
        };
    return new Admission.Admitted(lease, next);
  }

  // Killed between the last zero and the report: the device is known, and cannot say so any more.
  private WorkOrder unclaimed() {
    boolean begun = events().stream().anyMatch(event -> event.startsWith("EraseStarted"));
    boolean erased = events().stream().anyMatch(event -> event.startsWith("Erased"));
    return begun && !erased
        ? new WorkOrder.FinishErase(order.job(), order.revision(), PROOF, MAC)
        : new WorkOrder.Keep(order.job(), order.revision(), "nothing to do");
  }

  @Override
  public boolean isSigned(Lease lease, SignatureFile file) {
    return file.job().equals(order.job());
  }

  @Override
  public Instruction beat(Lease lease, Progress progress) {
    return new Instruction.Continue();
  }

  @Override
  public void report(Lease lease, StationReport report) {
    note(report.toString());
  }

  @Override
  public EraseDecision authorizeErase(Lease lease, EraseProof proof) {
    note(
        "EraseAuthorized files=%d bytes=%d open=%d unexplained=%d"
            .formatted(proof.files(), proof.bytes(), proof.openRows(), proof.unexplainedBytes()));
    return new EraseDecision.EraseAuthorized(PROOF, MAC);
  }

  @Override
  public void detach(Lease lease) {
    note("Detached");
  }
}
