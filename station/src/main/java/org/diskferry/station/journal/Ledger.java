package org.diskferry.station.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What follows from a journal's facts: where each row's last outcome stands, which uploads are
/// open. Eight bytes a row, and a little for each open upload.
final class Ledger {
  private static final long NONE = 0;
  private static final int FIRST_ROWS = 1024;

  private long[] outcomes = new long[FIRST_ROWS];
  private final Map<Integer, OpenUpload> uploads = new HashMap<>();
  private final Map<Integer, Instant> planned = new HashMap<>();
  private final List<Fact.VolumeMade> volumes = new ArrayList<>();
  private boolean closed;

  private static final class OpenUpload {
    private final Fact.UploadIntended intended;
    private Fact.@Nullable UploadBegun begun;
    private final SortedMap<Integer, Fact.PartStored> parts = new TreeMap<>();

    OpenUpload(Fact.UploadIntended intended) {
      this.intended = intended;
    }

    Upload snapshot() {
      return new Upload(
          intended.row(),
          intended.mark(),
          intended.bucket(),
          intended.key(),
          begun == null ? "" : begun.upload(),
          begun == null ? 0 : begun.partBytes(),
          parts);
    }
  }

  /// Takes in `fact`, which stands at `position`.
  synchronized void note(Fact fact, long position) {
    switch (fact) {
      case Fact.Planned(int revision, Instant at) -> planned.putIfAbsent(revision, at);
      case Fact.UploadIntended intended -> uploads.put(intended.row(), new OpenUpload(intended));
      case Fact.UploadBegun begun -> open(begun.row()).begun = begun;
      case Fact.PartStored part -> open(part.row()).parts.put(part.number(), part);
      case Fact.UploadEnded(int row) -> uploads.remove(row);
      case Fact.Stored stored -> {
        uploads.remove(stored.row());
        put(stored.row(), position);
      }
      case Fact.Failed failed -> put(failed.row(), position);
      case Fact.VolumeMade made -> {
        Arrays.fill(outcomes, NONE);
        volumes.add(made);
        closed = false;
      }
      case Fact.Written written -> put(written.row(), position);
      case Fact.VolumeClosed _ -> closed = true;
      case Fact.Forgotten(int row) -> put(row, NONE);
    }
  }

  private void put(int row, long position) {
    if (row >= outcomes.length) {
      outcomes = Arrays.copyOf(outcomes, Math.max(outcomes.length * 2, row + 1));
    }
    outcomes[row] = position;
  }

  private OpenUpload open(int row) {
    OpenUpload open = uploads.get(row);
    if (open == null) {
      throw new IllegalStateException("row " + row + " has no upload");
    }
    return open;
  }

  /// Position of the row's last outcome, 0 where it has none.
  synchronized long outcome(int row) {
    return row < outcomes.length ? outcomes[row] : NONE;
  }

  synchronized Optional<Upload> upload(int row) {
    return Optional.ofNullable(uploads.get(row)).map(OpenUpload::snapshot);
  }

  synchronized List<Upload> uploads() {
    return uploads.values().stream().map(OpenUpload::snapshot).toList();
  }

  synchronized List<Fact.VolumeMade> volumes() {
    return List.copyOf(volumes);
  }

  synchronized boolean isVolumeClosed() {
    return closed;
  }

  synchronized Optional<Instant> plannedAt(int revision) {
    return Optional.ofNullable(planned.get(revision));
  }
}
