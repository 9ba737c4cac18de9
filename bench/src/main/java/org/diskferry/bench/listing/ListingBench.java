package org.diskferry.bench.listing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.diskferry.access.AccountId;
import org.diskferry.access.Credentials;
import org.diskferry.access.KeyRing;
import org.diskferry.access.Principal;
import org.diskferry.depot.Depot;
import org.diskferry.depot.DepotConfig;
import org.diskferry.depot.s3.Transport;
import org.diskferry.postgres.PostgresServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command: fills a small and a large bucket of a depot, asks for pages of both by turns, and
/// prints what they took. On a machine with other work the least is what to look at.
@Command(
    name = "listing",
    mixinStandardHelpOptions = true,
    description = "Asks for pages of a small and a large bucket, and says what they took.")
public final class ListingBench implements Callable<Integer> {
  private static final AccountId ACCOUNT = new AccountId("111111111111");
  private static final Credentials KEYS = Credentials.of("BENCHKEY", "of-no-use-elsewhere");
  private static final int CONNECTIONS = 24;

  @Option(
      names = "--dir",
      description = "where the depot is made, and removed (default: ${DEFAULT-VALUE})")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir"), "diskferry-listing");

  @Option(names = "--groups", description = "common prefixes (default: ${DEFAULT-VALUE})")
  private int groups = 1000;

  @Option(
      names = "--keys",
      description = "of each prefix in the large bucket (default: ${DEFAULT-VALUE})")
  private int keys = 100;

  @Option(names = "--rounds", description = "pages of each kind (default: ${DEFAULT-VALUE})")
  private int rounds = 200;

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(directory);
    // The database server runs as a user of its own and passes through here.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    try (PostgresServer server = PostgresServer.start(directory.resolve("postgres"));
        HikariDataSource pool = pool(server);
        Depot depot = Depot.start(config(), pool, keyRing(), InstantSource.system())) {
      DepotPages pages = new DepotPages(depot.endpoint(), KEYS);
      pages.fill("small", groups, 1, pool);
      pages.fill("large", groups, keys, pool);
      compare(pages);
    } finally {
      remove();
    }
    return 0;
  }

  private void compare(DepotPages pages) throws IOException, InterruptedException {
    String middle = "start-after=g%05d%%2F".formatted(groups / 2);
    List<Kind> kinds =
        List.of(
            new Kind("small, first page", "small", "list-type=2"),
            new Kind("large, first page", "large", "list-type=2"),
            new Kind("large, middle page", "large", "list-type=2&" + middle),
            new Kind("small, first page, delimiter", "small", "delimiter=%2F&list-type=2"),
            new Kind("large, first page, delimiter", "large", "delimiter=%2F&list-type=2"),
            new Kind("small, one prefix", "small", "list-type=2&prefix=g00007%2F"),
            new Kind("large, prefixes by another delimiter", "large", "delimiter=g&list-type=2"));
    List<double[]> took = new ArrayList<>();
    kinds.forEach(_ -> took.add(new double[rounds]));
    // By turns, so that a machine with other work is as slow for all; the first are for the
    // compiler.
    for (int round = -rounds / 4; round < rounds; round++) {
      for (int kind = 0; kind < kinds.size(); kind++) {
        double millis = pages.list(kinds.get(kind).bucket(), kinds.get(kind).query());
        if (round >= 0) {
          took.get(kind)[round] = millis;
        }
      }
    }
    System.out.printf("%-40s %10s %10s %10s%n", "page", "least ms", "median ms", "90 % ms");
    for (int kind = 0; kind < kinds.size(); kind++) {
      double[] sorted = took.get(kind);
      Arrays.sort(sorted);
      System.out.printf(
          Locale.ROOT,
          "%-40s %10.2f %10.2f %10.2f%n",
          kinds.get(kind).name(),
          sorted[0],
          sorted[rounds / 2],
          sorted[rounds * 9 / 10]);
    }
  }

  private DepotConfig config() {
    return DepotConfig.of(
        directory.resolve("depot"),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new Transport.Plain(),
        List.of(),
        ACCOUNT);
  }

  private static HikariDataSource pool(PostgresServer server) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.login().url());
    config.setUsername(server.login().user());
    config.setPassword(server.login().password());
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  private static KeyRing keyRing() {
    Principal principal = new Principal(ACCOUNT, "bench", KEYS.id(), (_, _) -> true);
    return key ->
        key.equals(KEYS.id())
            ? Optional.of(new KeyRing.Holder(KEYS.secret(), principal))
            : Optional.empty();
  }

  private void remove() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /// Pages that are asked for.
  private record Kind(String name, String bucket, String query) {}
}
