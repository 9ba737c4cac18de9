package org.diskferry.station.dock;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.station.fill.FillResult;
import org.diskferry.station.load.FileLoader;
import org.diskferry.station.load.LoadSettings;
import org.diskferry.station.testing.DirectoryStore;
import org.diskferry.station.testing.FileDispatch;
import org.diskferry.station.testing.Manifests;

/// A whole station in a process of its own, there to be killed.
final class CrashedStation {
  static final int LANES = 4;
  private static final int MIB = 1 << 20;
  private static final long PAUSE_MICROS = 500;
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Set<String> ENDS = Set.of("done", "on hold", "failed", "refused");

  private CrashedStation() {}

  static WorkOrder.Load order() {
    return Manifests.order(Manifests.into("bucket", "in/"));
  }

  /// Runs until the device is done with.
  ///
  /// @param arguments the home directory and the device
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    Path device = Path.of(arguments[1]);
    LoadSettings settings =
        new LoadSettings(LANES, 8 * MIB, MIB, 3 * MIB, MIB, Duration.ofMinutes(1), true);
    DirectoryStore store = new DirectoryStore(home.resolve("store"), PAUSE_MICROS);
    FileLoader loader = FileLoader.of(store, settings, InstantSource.fixed(NOW));
    FileDispatch dispatch = new FileDispatch(home.resolve("events"), order());
    Path dropped = Files.createDirectories(home.resolve("dock"));
    Path own = Files.createDirectories(home.resolve("own"));
    try (Dock dock =
        Dock.open(
            "station",
            dispatch,
            loader,
            (job, steering) -> new FillResult.Abandoned(),
            dropped,
            own,
            InstantSource.system())) {
      System.out.println("ready");
      System.out.flush();
      if (dock.list().isEmpty()) {
        dock.attach(device, null);
      }
      BayState state = dock.list().getFirst();
      while (!ENDS.contains(state.state())) {
        Thread.sleep(5);
        state = dock.list().getFirst();
      }
      System.out.println(state.state() + " " + state.message());
    }
  }
}
