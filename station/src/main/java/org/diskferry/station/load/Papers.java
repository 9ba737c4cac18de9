package org.diskferry.station.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.diskferry.job.dispatch.LoadSummary;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.job.log.FileOutcome;
import org.diskferry.station.Digests;
import org.diskferry.station.report.JobLog;
import org.diskferry.station.report.JsonReport;
import org.diskferry.station.task.FileBody;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;

/// Writes log and report from what became of the rows, and brings them into the log bucket.
final class Papers {
  private static final int IGNORED = 103;
  private static final int OK = 200;

  /// Error rows named in a message: what a person reads; the log has them all.
  private static final int MOST_NAMED = 10;

  private final Workbench bench;
  private final ObjectStore store;

  /// What the papers say.
  ///
  /// @param summary figures
  /// @param errors the first rows that are errors, in words
  /// @param digest SHA-256 in hex over all rows in path order
  record Written(LoadSummary summary, List<String> errors, String digest) {
    Written {
      errors = List.copyOf(errors);
    }

    LoadResult.Done done() {
      return new LoadResult.Done(summary, errors);
    }
  }

  Papers(Workbench bench, ObjectStore store) {
    this.bench = bench;
    this.store = store;
  }

  private Path log() {
    return bench.job().folder().resolve("import-log.csv");
  }

  private Path report() {
    return bench.job().folder().resolve("report.json");
  }

  /// Writes both.
  ///
  /// @param complete whether every row must have an outcome: only a cancelled load may leave some
  ///   out
  Written write(Levels levels, boolean fromMedium, boolean complete) throws IOException {
    WorkOrder.Load order = bench.job().order();
    MessageDigest digest = Digests.sha256();
    long files = 0;
    long bytes = 0;
    long ignored = 0;
    long errors = 0;
    List<String> named = new ArrayList<>();
    try (JobLog log = JobLog.create(log());
        JsonReport report =
            JsonReport.create(report(), order, bench.job().identity(), fromMedium)) {
      Outcomes outcomes = new Outcomes(bench);
      while (outcomes.hasNext()) {
        Outcomes.Line line = outcomes.next();
        FileOutcome outcome = line.outcome();
        if (complete && outcome.code().equals(Outcomes.CANCELED)) {
          throw new IllegalStateException(outcome.file() + " has no outcome");
        }
        log.add(outcome);
        report.add(outcome, levels.at(line.row().number()));
        digest.update(outcome.toString().getBytes(StandardCharsets.UTF_8));
        files += outcome.status() == OK ? 1 : 0;
        bytes += outcome.status() == OK ? outcome.bytes() : 0;
        ignored += outcome.status() == IGNORED ? 1 : 0;
        errors += outcome.isError() ? 1 : 0;
        if (outcome.isError() && named.size() < MOST_NAMED) {
          named.add(outcome.file() + ": " + outcome.reason());
        }
      }
      LoadSummary summary = new LoadSummary(files, bytes, ignored, errors, order.logKey());
      report.end(summary);
      return new Written(summary, named, HexFormat.of().formatHex(digest.digest()));
    }
  }

  /// The report first: when the log is there, everything is.
  void upload() throws StoreException, IOException {
    uploadReport();
    put(log(), bench.job().order().logKey(), "text/csv");
  }

  void uploadReport() throws StoreException, IOException {
    put(report(), bench.job().order().logKey() + ".json", "application/json");
  }

  private void put(Path file, String key, String type) throws StoreException, IOException {
    BucketName bucket = new BucketName(bench.job().order().logBucket());
    FileBody.store(file, store, bucket, new ObjectKey(key), type);
  }
}
