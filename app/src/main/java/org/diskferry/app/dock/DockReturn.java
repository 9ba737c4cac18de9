package org.diskferry.app.dock;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `dock return JOBID`.
@Command(
    name = "return",
    description = "Says that a device was handed to a carrier.",
    footerHeading = "%nExample:%n",
    footer = "  dock return ABCDE --carrier Anycarrier --tracking 123456789%n")
final class DockReturn extends DockVerb {
  @Parameters(paramLabel = "JOBID", description = "whose device it is")
  private String job = "";

  @Option(names = "--carrier", required = true, paramLabel = "NAME", description = "the company")
  private String carrier = "";

  @Option(names = "--tracking", required = true, paramLabel = "NUMBER", description = "its number")
  private String tracking = "";

  @Override
  String verb() {
    return "dock return";
  }

  @Override
  Map<String, ?> arguments() {
    return Map.of("job", job, "carrier", carrier, "tracking", tracking);
  }

  @Override
  void print(JsonNode answer, PrintWriter out) {
    out.println("job " + answer.path("job").asString("") + ": returned");
  }
}
