package org.diskferry.bench;

import org.diskferry.bench.disk.DiskBench;
import org.diskferry.bench.fill.FillBench;
import org.diskferry.bench.listing.ListingBench;
import org.diskferry.bench.million.MillionBench;
import org.diskferry.bench.transfer.TransferBench;
import org.diskferry.bench.whole.WholeBench;
import org.diskferry.bench.xts.XtsBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Where the benchmarks start: `diskferry bench NAME …`.
@Command(
    name = "bench",
    description =
        "Measures: each benchmark prints figures and proves nothing. The service that is killed again and"
            + " again is a test; docs/performance.md has its command.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NAME",
    subcommands = {
      TransferBench.class,
      DiskBench.class,
      WholeBench.class,
      FillBench.class,
      MillionBench.class,
      ListingBench.class,
      XtsBench.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bench transfer --large 0 --small 2000",
      "  bench whole --dir /srv/space",
      "  bench fill --large 1 --small 2000",
      "  bench listing --rounds 50",
      "  bench xts",
      "  bench million --files 100000%n"
    })
public final class Main {
  private Main() {}

  /// Runs the benchmark that `args` begin with and exits with its code.
  public static void main(String... args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
