package org.diskferry.station.fill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diskferry.job.dispatch.LoadSummary;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.job.log.FileOutcome;
import org.diskferry.job.naming.ExportName;
import org.diskferry.station.journal.Fact;
import org.diskferry.station.report.JobLog;
import org.diskferry.station.report.JsonReport;
import org.diskferry.station.report.ProofLevel;
import org.diskferry.station.task.FileBody;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;

/// Writes log and report of an export, a row for every object that was selected, in the order of
/// the export; and brings them into the log bucket.
final class FillPapers {
  private static final int INFORMATION = 103;

  private final FillBench bench;
  private final ObjectStore store;

  FillPapers(FillBench bench, ObjectStore store) {
    this.bench = bench;
    this.store = store;
  }

  private Path log() {
    return bench.file("export-log.csv");
  }

  private Path report() {
    return bench.file("report.json");
  }

  /// Writes both.
  ///
  /// @param fromMedium whether the device was read back past all caches
  LoadSummary write(boolean fromMedium) throws IOException {
    WorkOrder.Fill order = bench.job().order();
    Sums sums = new Sums();
    try (JobLog log = JobLog.create(log());
        JsonReport report = JsonReport.create(report(), order, bench.job().identity(), fromMedium);
        Destinations destinations = bench.destinations()) {
      for (Fact.VolumeMade made : madeAnew()) {
        FileOutcome row = anew(made);
        log.add(row);
        report.add(row, ProofLevel.NONE);
      }
      Optional<Fact> full = Optional.empty();
      while (destinations.advance()) {
        Destinations.Destination next = destinations.take();
        Optional<Fact> outcome = full.isPresent() ? full : bench.outcome(next.wish().number());
        full = outcome.filter(Packing::isFull);
        FileOutcome row = row(next, outcome);
        log.add(row);
        report.add(
            row,
            outcome.orElse(null) instanceof Fact.Written ? ProofLevel.READ_BACK : ProofLevel.NONE);
        sums.add(row, outcome);
      }
      LoadSummary summary = sums.summary(order.logKey());
      report.end(summary, remarks());
      return summary;
    }
  }

  private static final class Sums {
    private long files;
    private long bytes;
    private long ignored;
    private long errors;

    void add(FileOutcome row, Optional<Fact> outcome) {
      boolean written = outcome.orElse(null) instanceof Fact.Written;
      files += written ? 1 : 0;
      bytes += written ? row.bytes() : 0;
      ignored += row.status() == INFORMATION ? 1 : 0;
      errors += row.isError() ? 1 : 0;
    }

    LoadSummary summary(String logKey) {
      return new LoadSummary(files, bytes, ignored, errors, logKey);
    }
  }

  private List<String> remarks() {
    return madeAnew().stream()
        .map(made -> made.at() + ": the device was made anew: " + made.why())
        .toList();
  }

  private List<Fact.VolumeMade> madeAnew() {
    return bench.journal().volumes().stream().filter(made -> !made.why().isEmpty()).toList();
  }

  // No object's row: the device as a whole is `/`, as in the log of an import.
  private static FileOutcome anew(Fact.VolumeMade made) {
    return new FileOutcome(made.at(), "/", INFORMATION, "MadeAnew", "", "", 0, "", "", made.why());
  }

  private FileOutcome row(Destinations.Destination next, Optional<Fact> outcome) {
    return switch (outcome.orElse(null)) {
      case Fact.Written written -> written(next, written);
      case Fact.Failed failed ->
          without(next, failed.at(), failed.status(), failed.code(), failed.reason());
      case null, default ->
          without(
              next, bench.plannedAt(), INFORMATION, "Canceled", "the job was cancelled before it");
    };
  }

  private static FileOutcome written(Destinations.Destination next, Fact.Written written) {
    if (!(next.name() instanceof ExportName.Placed placed)) {
      throw new IllegalStateException(next.wish().name() + " was written and has no place");
    }
    return new FileOutcome(
        written.at(),
        placed.path(),
        placed.status(),
        placed.code(),
        next.wish().name(),
        written.md5(),
        next.wish().size(),
        written.contentType(),
        written.etag(),
        placed.reason());
  }

  private static FileOutcome without(
      Destinations.Destination next, Instant at, int status, String code, String reason) {
    String file = next.name() instanceof ExportName.Placed placed ? placed.path() : "";
    Wish wish = next.wish();
    String key = status == INFORMATION ? "" : wish.name();
    return new FileOutcome(at, file, status, code, key, "", wish.size(), "", "", reason);
  }

  /// The report first: when the log is there, everything is.
  void upload() throws StoreException, IOException {
    String key = bench.job().order().logKey();
    put(report(), key + ".json", "application/json");
    put(log(), key, "text/csv");
  }

  private void put(Path file, String key, String type) throws StoreException, IOException {
    BucketName bucket = new BucketName(bench.job().order().logBucket());
    FileBody.store(file, store, bucket, new ObjectKey(key), type);
  }
}
