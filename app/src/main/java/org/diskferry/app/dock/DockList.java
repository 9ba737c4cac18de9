package org.diskferry.app.dock;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diskferry.app.screen.Span;
import org.diskferry.app.screen.Table;
import org.diskferry.tool.screen.Sizes;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/// `dock list`.
@Command(
    name = "list",
    description = "Shows what stands in which bay, how far it is, and what it waits for.",
    footerHeading = "%nExamples:%n",
    footer = {"  dock list", "  dock list --json%n"})
final class DockList extends DockVerb {
  private static final double MEGABYTE = 1e6;

  @Override
  String verb() {
    return "dock list";
  }

  @Override
  Map<String, ?> arguments() {
    return Map.of();
  }

  @Override
  void print(JsonNode answer, PrintWriter out) {
    if (answer.isEmpty()) {
      out.println("no devices");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : answer) {
      rows.add(
          List.of(
              row.path("bay").asString(""),
              row.path("job").asString(""),
              row.path("state").asString(""),
              progress(row),
              row.path("message").asString("")));
    }
    new Table(List.of("BAY", "JOB", "STATE", "PROGRESS", "MESSAGE"))
        .lines(rows)
        .forEach(out::println);
  }

  private static String progress(JsonNode row) {
    long all = row.path("bytes").asLong(0);
    if (all == 0) {
      return "";
    }
    long done = row.path("doneBytes").asLong(0);
    return "%s %d %% of %s%s"
        .formatted(
            row.path("phase").asString("").toLowerCase(Locale.ROOT),
            100 * done / all,
            Sizes.of(all),
            pace(row));
  }

  // Nothing where nothing moves: a rate of a while ago would be no rate.
  private static String pace(JsonNode row) {
    double bytes = row.path("bytesPerSecond").asDouble(0);
    double files = row.path("filesPerSecond").asDouble(0);
    if (bytes + files <= 0) {
      return "";
    }
    String rates = ", %.1f MB/s".formatted(bytes / MEGABYTE);
    if (row.path("files").asLong(0) > 0) {
      rates += ", %.0f files/s".formatted(files);
    }
    return row.has("secondsLeft")
        ? rates + ", " + Span.of(Duration.ofSeconds(row.path("secondsLeft").asLong(0))) + " left"
        : rates;
  }
}
