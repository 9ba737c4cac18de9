package org.diskferry.station.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.diskferry.media.MediaException;
import org.diskferry.station.catalogue.Catalogue;
import org.diskferry.station.catalogue.Plan;
import org.diskferry.station.catalogue.Row;
import org.diskferry.station.catalogue.Rules;
import org.diskferry.station.catalogue.Verdict;
import org.diskferry.station.journal.Fact;
import org.diskferry.station.journal.Journal;
import org.diskferry.store.ObjectKey;

/// A job's folder, opened for one order: what lies on the device, what is to become of it, and what
/// has been done. The journal's name holds the catalogue's digest, so that the journal of a device
/// that was changed in between is never taken for this one's.
final class Workbench implements AutoCloseable {
  private static final String JOURNAL = "journal-";

  /// Of a digest of 64: enough to tell the states of one device apart.
  private static final int NAME_DIGITS = 16;

  private final LoadJob job;
  private final Catalogue catalogue;
  private final Rules rules;
  private final Plan plan;
  private final Journal journal;
  private final Instant plannedAt;

  private Workbench(
      LoadJob job,
      Catalogue catalogue,
      Rules rules,
      Plan plan,
      Journal journal,
      Instant plannedAt) {
    this.job = job;
    this.catalogue = catalogue;
    this.rules = rules;
    this.plan = plan;
    this.journal = journal;
    this.plannedAt = plannedAt;
  }

  /// Scans the device, plans the order, and opens the journal that goes with both.
  static Workbench open(LoadJob job, InstantSource clock) throws IOException, MediaException {
    Files.createDirectories(job.folder());
    Catalogue catalogue = Catalogue.scan(job.volumes(), job.folder().resolve("catalogue"));
    List<AutoCloseable> opened = new ArrayList<>(List.of(catalogue));
    try {
      Rules rules = new Rules(job.order(), catalogue.isPartitioned());
      Plan plan = Plan.make(catalogue, rules, job.folder().resolve("plan"));
      opened.add(plan);
      Journal journal = Journal.open(job.folder().resolve(name(catalogue)));
      opened.add(journal);
      Instant planned = planned(journal, job.order().revision(), clock);
      return new Workbench(job, catalogue, rules, plan, journal, planned);
    } catch (IOException | RuntimeException e) {
      for (AutoCloseable one : opened) {
        closeAfter(e, one);
      }
      throw e;
    }
  }

  private static void closeAfter(Exception failure, AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  private static Instant planned(Journal journal, int revision, InstantSource clock)
      throws IOException {
    Optional<Instant> before = journal.plannedAt(revision);
    if (before.isPresent()) {
      return before.get();
    }
    Instant now = clock.instant();
    journal.append(new Fact.Planned(revision, now));
    return now;
  }

  private static String name(Catalogue catalogue) {
    return JOURNAL + catalogue.digest().substring(0, NAME_DIGITS);
  }

  /// Journals of this folder that belong to another state of the device.
  List<Path> staleJournals() throws IOException {
    try (Stream<Path> files = Files.list(job.folder())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(JOURNAL))
          .filter(file -> !file.getFileName().toString().equals(name(catalogue)))
          .toList();
    }
  }

  LoadJob job() {
    return job;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  Rules rules() {
    return rules;
  }

  Plan plan() {
    return plan;
  }

  Journal journal() {
    return journal;
  }

  /// When this revision was first planned.
  Instant plannedAt() {
    return plannedAt;
  }

  /// The row's outcome as far as this order is concerned: stored with the same bucket, key and
  /// headers, or failed under the same revision.
  Optional<Fact> outcome(Row row, ObjectKey key) throws IOException {
    Optional<Fact> last = journal.outcome(row.number());
    if (last.isEmpty()) {
      return last;
    }
    return switch (last.get()) {
      case Fact.Stored stored -> last.filter(f -> stored.mark().equals(rules.mark(row, key)));
      case Fact.Failed failed -> last.filter(f -> failed.revision() == job.order().revision());
      case Fact.Planned _, Fact.UploadIntended _, Fact.UploadBegun _ -> Optional.empty();
      case Fact.PartStored _, Fact.UploadEnded _, Fact.Forgotten _ -> Optional.empty();
      case Fact.VolumeMade _, Fact.Written _, Fact.VolumeClosed _ -> Optional.empty();
    };
  }

  /// The row's file as it is stored for this order; empty where it is not.
  Optional<Fact.Stored> stored(Row row) throws IOException {
    if (plan.verdict(row.number()) instanceof Verdict.Load(ObjectKey key)
        && outcome(row, key).orElse(null) instanceof Fact.Stored stored) {
      return Optional.of(stored);
    }
    return Optional.empty();
  }

  /// The key of a row that is to be loaded.
  ObjectKey key(Row row) throws IOException {
    if (plan.verdict(row.number()) instanceof Verdict.Load(ObjectKey key)) {
      return key;
    }
    throw new IllegalArgumentException("row " + row.number() + " is not to be loaded");
  }

  @Override
  public void close() throws IOException {
    try (catalogue;
        plan) {
      journal.close();
    }
  }
}
