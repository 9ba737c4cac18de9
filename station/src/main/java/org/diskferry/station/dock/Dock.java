package org.diskferry.station.dock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.diskferry.job.JobId;
import org.diskferry.job.dispatch.Dispatch;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.station.fill.Exporter;
import org.diskferry.station.load.Loader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All bays of a station: takes up what is dropped into the folder or attached by command, gives
/// each device its visit, and shows how they stand.
///
/// A device that was let go is taken up again only when it was taken away and came back, or by
/// command.
public final class Dock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dock.class);

  /// How often the folder is looked at.
  private static final Duration GLANCE = Duration.ofSeconds(1);

  /// A lease ends after several times this without a beat.
  private static final Duration BEAT = Duration.ofSeconds(2);

  /// What is being sent to a store may end when the dock closes.
  private static final Duration GRACE = Duration.ofSeconds(5);

  /// Visits at once: each keeps a reader, its lanes and their buffers busy.
  private static final int MOST_VISITS = 16;

  private final Station station;
  private final DockFolder folder;
  private final AttachedBays attached;
  private final Map<Path, Visit> visits = new LinkedHashMap<>();
  private final Thread watcher;
  private volatile boolean closed;

  private Dock(Station station, DockFolder folder, AttachedBays attached) {
    this.station = station;
    this.folder = folder;
    this.attached = attached;
    this.watcher = Thread.ofPlatform().name("dock").daemon().unstarted(this::watch);
  }

  /// Opens the dock for the machine's own images and disks.
  ///
  /// @see #open(String, Dispatch, Loader, Exporter, Path, Path, Opening, InstantSource)
  public static Dock open(
      String name,
      Dispatch dispatch,
      Loader loader,
      Exporter exporter,
      Path dropped,
      Path own,
      InstantSource clock)
      throws IOException {
    return open(name, dispatch, loader, exporter, dropped, own, Devices::openExclusively, clock);
  }

  /// Opens the dock.
  ///
  /// @param name of the station, in leases
  /// @param dispatch the server that knows the jobs
  /// @param loader of files
  /// @param exporter of objects
  /// @param dropped folder that images are dropped into
  /// @param own folder for catalogues, journals and the list of attached bays
  /// @param opening of what is in a bay
  public static Dock open(
      String name,
      Dispatch dispatch,
      Loader loader,
      Exporter exporter,
      Path dropped,
      Path own,
      Opening opening,
      InstantSource clock)
      throws IOException {
    Station station =
        new Station(name, new Server(dispatch), loader, exporter, own, BEAT, opening, clock);
    AttachedBays attached = new AttachedBays(own.resolve("attached"));
    Dock dock = new Dock(station, new DockFolder(dropped, clock), attached);
    for (Bay bay : attached.read()) {
      dock.receive(bay);
    }
    dock.watcher.start();
    return dock;
  }

  private void watch() {
    while (!closed) {
      try {
        look();
      } catch (IOException e) {
        LOG.warn("the dock's folder cannot be listed: {}", e.toString());
      }
      try {
        Thread.sleep(GLANCE);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized void look() throws IOException {
    visits.values().removeIf(visit -> visit.isOver() && !Files.exists(visit.bay().path()));
    for (Bay bay : folder.ready()) {
      if (!visits.containsKey(bay.path()) && running() < MOST_VISITS) {
        receive(bay);
      }
    }
  }

  private long running() {
    return visits.values().stream().filter(visit -> !visit.isOver()).count();
  }

  // A platform thread: its reads are native calls, which would hold a carrier of virtual ones.
  private void receive(Bay bay) {
    Visit visit = new Visit(bay, station);
    visits.put(bay.path(), visit);
    Thread.ofPlatform().name("bay " + bay.path().getFileName()).daemon().start(visit);
  }

  /// Takes up the device at `path` now, for `job` where the device itself cannot say so.
  ///
  /// @throws IOException when it is in a bay already, or there is nothing
  public synchronized void attach(Path path, @Nullable JobId job) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    Visit present = visits.get(absolute);
    if (present != null && !present.isOver()) {
      throw new IOException(absolute + ": is in its bay already");
    }
    if (!Files.exists(absolute)) {
      throw new IOException(absolute + ": there is no such device");
    }
    Bay bay = new Bay(absolute, job);
    List<Bay> kept = new ArrayList<>(attached.read());
    kept.removeIf(other -> other.path().equals(absolute));
    kept.add(bay);
    attached.write(kept);
    visits.remove(absolute);
    receive(bay);
  }

  /// Lets the device at `path` leave its bay. What is being loaded is abandoned; attached again, it
  /// goes on from there.
  ///
  /// @throws IOException when no device is there
  public synchronized void detach(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    Visit visit = visits.get(absolute);
    if (visit == null) {
      throw new IOException(absolute + ": is in no bay");
    }
    List<Bay> kept = new ArrayList<>(attached.read());
    if (kept.removeIf(other -> other.path().equals(absolute))) {
      attached.write(kept);
    }
    visit.leave();
  }

  /// How all bays stand.
  public synchronized List<BayState> list() {
    return visits.values().stream().map(Visit::state).toList();
  }

  /// How the bay of `job` stands; empty where its device is in none.
  public synchronized Optional<BayState> find(JobId job) {
    return visits.values().stream()
        .map(Visit::state)
        .filter(state -> state.job().equals(job.value()))
        .findFirst();
  }

  /// Takes up nothing more and lets the visits end at their next step, for a few seconds; those
  /// that are not done by then end with the process. What they did stays done.
  @Override
  public void close() {
    closed = true;
    watcher.interrupt();
    List<Visit> present = visits();
    present.forEach(Visit::leave);
    long patience = System.nanoTime() + GRACE.toNanos();
    while (present.stream().anyMatch(visit -> !visit.isOver()) && System.nanoTime() < patience) {
      LockSupport.parkNanos(GLANCE.toNanos() / 10);
    }
  }

  private synchronized List<Visit> visits() {
    return List.copyOf(visits.values());
  }
}
