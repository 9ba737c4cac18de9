package org.diskferry.app.store;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.diskferry.app.screen.Table;
import org.diskferry.store.BucketName;
import org.diskferry.store.StoreException;
import org.diskferry.store.s3.Finding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `store check`: examines a store, and says what follows.
@Command(
    name = "check",
    description =
        "Tries out what a store can do and says what will work less well. Ends with 0 when all is "
            + "there, 4 when something is not, 1 when the store could not be examined.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  store check https://store.example:9000 --store-credentials key.ini",
      "  store check https://store.example --bucket scratch --json%n"
    })
final class StoreCheck implements Callable<Integer> {
  private static final int DEGRADES = 4;

  @Parameters(paramLabel = "URL", description = "https://host or https://host:port")
  private @Nullable URI address;

  @Option(
      names = "--bucket",
      paramLabel = "NAME",
      description = "where to try (default: a bucket made and dropped)")
  private @Nullable String bucket;

  @Option(names = "--json", description = "for programs")
  private boolean json;

  @Mixin private StoreOptions options = new StoreOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    URI url = address;
    if (url == null) {
      throw new IllegalStateException("picocli demands the parameter");
    }
    InstantSource clock = InstantSource.system();
    StoreChoice.Elsewhere choice = options.at(url, bucket == null ? null : new BucketName(bucket));
    ForeignStore.Examined examined = examine(ForeignStore.of(choice, clock));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(ReportText.json(choice, examined));
    } else {
      print(choice, examined, out);
    }
    out.flush();
    return examined.report().degraded().isEmpty() ? 0 : DEGRADES;
  }

  private static ForeignStore.Examined examine(ForeignStore store) throws IOException {
    try {
      return store.examine();
    } catch (StoreException e) {
      throw new IOException("the store cannot be examined: " + e.getMessage(), e);
    }
  }

  private static void print(
      StoreChoice.Elsewhere choice, ForeignStore.Examined examined, PrintWriter out) {
    out.println(choice.address() + "  (" + ReportText.word(examined.style()) + " addresses)");
    List<List<String>> rows = new ArrayList<>();
    for (Finding finding : examined.report().findings()) {
      rows.add(List.of(mark(finding), finding.about(), finding.what(), finding.found()));
    }
    new Table(List.of("", "about", "what", "found")).lines(rows).forEach(out::println);
    List<Finding> degraded = examined.report().degraded();
    out.println();
    out.println(degraded.isEmpty() ? "Everything works." : "What works less well, or not:");
    for (Finding finding : degraded) {
      out.println("  " + finding.about() + " " + finding.what() + ": " + finding.effect());
    }
  }

  private static String mark(Finding finding) {
    return switch (finding.grade()) {
      case GOOD -> "+";
      case NOTE -> ".";
      case DEGRADES -> "-";
    };
  }
}
