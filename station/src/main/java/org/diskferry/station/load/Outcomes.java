package org.diskferry.station.load;

import java.io.IOException;
import java.util.Optional;
import org.diskferry.job.log.FileOutcome;
import org.diskferry.station.catalogue.Row;
import org.diskferry.station.catalogue.Rows;
import org.diskferry.station.catalogue.Verdict;
import org.diskferry.station.journal.Fact;
import org.diskferry.store.ObjectKey;

/// What became of every row, in path order: catalogue, plan and journal side by side.
final class Outcomes {
  /// Code of a row that was not done when the customer cancelled.
  static final String CANCELED = "Canceled";

  private static final int OK = 200;
  private static final int NOT_LOADED = 103;

  private final Workbench bench;
  private final Rows rows;

  /// One row and what became of it.
  record Line(Row row, FileOutcome outcome) {}

  Outcomes(Workbench bench) {
    this.bench = bench;
    this.rows = bench.catalogue().inPathOrder();
  }

  boolean hasNext() {
    return rows.hasNext();
  }

  Line next() throws IOException {
    Row row = rows.next();
    FileOutcome outcome =
        switch (bench.plan().verdict(row.number())) {
          case Verdict.Ignore _ -> unloaded(row, NOT_LOADED, "Ignored", "");
          case Verdict.Refuse(int status, String code, String reason) ->
              unloaded(row, status, code, reason);
          case Verdict.Load(ObjectKey key) -> loaded(row, key);
        };
    return new Line(row, outcome);
  }

  private FileOutcome loaded(Row row, ObjectKey key) throws IOException {
    Optional<Fact> fact = bench.outcome(row, key);
    if (fact.isPresent() && fact.get() instanceof Fact.Stored stored) {
      return new FileOutcome(
          stored.at(),
          row.path(),
          OK,
          "OK",
          bench.rules().bucket() + "/" + key,
          stored.md5(),
          row.size(),
          stored.contentType(),
          stored.etag(),
          "");
    }
    if (fact.isPresent() && fact.get() instanceof Fact.Failed failed) {
      return new FileOutcome(
          failed.at(),
          row.path(),
          failed.status(),
          failed.code(),
          "",
          "",
          row.size(),
          "",
          "",
          failed.reason());
    }
    return unloaded(row, NOT_LOADED, CANCELED, "the job was cancelled before this file");
  }

  private FileOutcome unloaded(Row row, int status, String code, String reason) {
    return new FileOutcome(
        bench.plannedAt(), row.path(), status, code, "", "", row.size(), "", "", reason);
  }
}
