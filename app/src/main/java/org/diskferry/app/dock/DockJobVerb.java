package org.diskferry.app.dock;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// A verb about the device of one job.
@Command
abstract sealed class DockJobVerb extends DockVerb permits DockHold, DockRelease, DockWaive {
  @Parameters(paramLabel = "JOBID", description = "whose device it is")
  private String job = "";

  @Override
  final Map<String, ?> arguments() {
    return Map.of("job", job);
  }

  @Override
  final void print(JsonNode answer, PrintWriter out) {
    out.println(
        "job "
            + answer.path("job").asString("")
            + ": "
            + answer.path("state").asString("").toLowerCase(Locale.ROOT));
  }
}
