package org.diskferry.app.dock;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `dock pin JOBID`.
@Command(
    name = "pin",
    description =
        "Shows the code that opens the device's own lock, as the customer gave it. The service's log "
            + "notes that it was shown.",
    footerHeading = "%nExample:%n",
    footer = "  dock pin ABCDE%n")
final class DockPin extends DockVerb {
  @Parameters(paramLabel = "JOBID", description = "whose device it is")
  private String job = "";

  @Override
  String verb() {
    return "dock pin";
  }

  @Override
  Map<String, ?> arguments() {
    return Map.of("job", job);
  }

  @Override
  void print(JsonNode answer, PrintWriter out) {
    out.println("job " + answer.path("job").asString("") + ": " + answer.path("pin").asString(""));
  }
}
