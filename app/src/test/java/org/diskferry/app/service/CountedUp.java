package org.diskferry.app.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.diskferry.app.home.Home;
import org.diskferry.station.fill.FillSettings;
import org.diskferry.station.load.LoadSettings;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.testing.Fault;
import org.diskferry.store.testing.FaultyStore;
import org.diskferry.store.testing.Operation;
import org.diskferry.store.testing.StoreCall;

/// `up` as a process whose station writes down every body that it sends to the store: a line
/// `bucket/key`, or `bucket/key#part`, in a file beside the home, before the request is made.
public final class CountedUp {
  /// Requests that the station makes at once.
  public static final int LANES = LoadSettings.DEFAULT.lanes();

  private CountedUp() {}

  /// A checkpoint every few MiB: a kill then costs little of a small disk, too.
  private static final FillSettings FILLING =
      new FillSettings(8, 1 << 20, 8L << 20, Duration.ofSeconds(1), Duration.ofHours(1), true);

  /// The file for the home folder `home`.
  public static Path requests(Path home) {
    return home.resolveSibling(home.getFileName() + ".requests");
  }

  /// Likewise, for what was fetched.
  public static Path reads(Path home) {
    return home.resolveSibling(home.getFileName() + ".reads");
  }

  /// Runs until it is killed; `--home DIR` is the argument that counts.
  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[2]);
    StationParts usual = StationParts.USUAL;
    RunningService service =
        RunningService.start(
            new ServiceSettings(new Home(home).prepared(), 0, null),
            InstantSource.system(),
            new StationParts(
                usual.route(),
                store -> counted(store, home),
                usual.patience(),
                usual.opening(),
                usual.loading(),
                FILLING));
    System.out.println(service.readyLine());
    System.out.flush();
    new CountDownLatch(1).await();
  }

  private static ObjectStore counted(ObjectStore store, Path home) {
    FaultyStore counted = new FaultyStore(store);
    counted.follow(call -> {
      if (call.operation() == Operation.PUT || call.operation() == Operation.PART) {
        write(requests(home), call);
      } else if (call.operation() == Operation.READ) {
        write(reads(home), call);
      }
      return Fault.none();
    });
    return counted;
  }

  private static void write(Path file, StoreCall call) {
    try {
      Files.writeString(
          file,
          call.bucket() + "/" + call.key() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
