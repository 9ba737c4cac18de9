package org.diskferry.station.fill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.diskferry.job.manifest.Manifest;
import org.diskferry.job.naming.ExportName;
import org.diskferry.station.journal.Fact;
import org.diskferry.station.journal.Journal;
import org.diskferry.station.task.Patience;
import org.diskferry.station.task.Steering;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;

/// A job's folder, opened for one revision of its order: what is selected, and what has become of
/// it.
final class FillBench implements AutoCloseable {
  private static final String VOLUME = "volume";

  private final FillJob job;
  private final Path folder;
  private final Journal journal;
  private final Selection selection;
  private final Instant plannedAt;

  private FillBench(
      FillJob job, Path folder, Journal journal, Selection selection, Instant plannedAt) {
    this.job = job;
    this.folder = folder;
    this.journal = journal;
    this.selection = selection;
    this.plannedAt = plannedAt;
  }

  /// Opens the folder, and lists the buckets where that was not done yet.
  static FillBench open(
      FillJob job, ObjectStore store, Patience patience, Steering steering, InstantSource clock)
      throws StoreException, IOException {
    int revision = job.order().revision();
    Path folder = Files.createDirectories(job.folder().resolve("fill-" + revision));
    Selection selection =
        Selection.of(
            folder.resolve("selection"),
            job.order().manifest().operations(),
            store,
            patience,
            steering);
    Journal journal = Journal.open(folder.resolve("journal"));
    try {
      Optional<Instant> before = journal.plannedAt(revision);
      Instant planned = before.orElseGet(clock::instant);
      if (before.isEmpty()) {
        journal.append(new Fact.Planned(revision, planned));
      }
      return new FillBench(job, folder, journal, selection, planned);
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  FillJob job() {
    return job;
  }

  Manifest.S3Export manifest() {
    return job.order().manifest();
  }

  Journal journal() {
    return journal;
  }

  Selection selection() {
    return selection;
  }

  /// When this revision was first planned.
  Instant plannedAt() {
    return plannedAt;
  }

  /// A folder of this revision's own.
  Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /// A file of this revision's own.
  Path file(String name) {
    return folder.resolve(name);
  }

  Destinations destinations() throws IOException {
    return new Destinations(selection, manifest());
  }

  /// The volume is not to be gone on with: tried again, the device is made anew.
  void condemn(Instant at, String why) throws IOException {
    journal.append(new Fact.VolumeMade(at, why));
    try (Stream<Path> all = Files.walk(folder(VOLUME))) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /// The volume's own folder, with what it takes to go on with it.
  Path volumeFolder() throws IOException {
    return folder(VOLUME);
  }

  /// How many files and directories the device would have with all that is selected on it.
  long entries() throws IOException {
    PathIndex known = new PathIndex();
    List<String> last = List.of();
    long entries = 0;
    try (Destinations destinations = destinations()) {
      while (destinations.advance()) {
        if (destinations.take().name() instanceof ExportName.Placed placed) {
          entries++;
          List<String> folders = placed.names().subList(0, placed.names().size() - 1);
          entries += folders.equals(last) ? 0 : fresh(folders, known);
          last = folders;
        }
      }
    }
    return entries;
  }

  private static int fresh(List<String> folders, PathIndex known) {
    int fresh = 0;
    for (int depth = folders.size(); depth > 0; depth--) {
      String path = String.join("/", folders.subList(0, depth));
      if (known.find(path) >= 0) {
        break;
      }
      known.put(path, 0);
      fresh++;
    }
    return fresh;
  }

  /// What became of an object: written, or failed.
  Optional<Fact> outcome(int number) throws IOException {
    return journal.outcome(number);
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
