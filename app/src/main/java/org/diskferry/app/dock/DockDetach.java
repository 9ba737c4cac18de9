package org.diskferry.app.dock;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `dock detach DEVICE`.
@Command(
    name = "detach",
    description =
        "Lets a device leave its bay. A load stops as by a sudden end, and goes on when the device is "
            + "attached again.",
    footerHeading = "%nExample:%n",
    footer = "  dock detach /dev/sdb%n")
final class DockDetach extends DockVerb {
  @Parameters(paramLabel = "DEVICE", description = "a disk or an image")
  private Path device = Path.of("");

  @Override
  String verb() {
    return "dock detach";
  }

  @Override
  Map<String, ?> arguments() {
    return Map.of("device", device.toAbsolutePath().toString());
  }

  @Override
  void print(JsonNode answer, PrintWriter out) {
    out.println(answer.path("device").asString("") + ": leaves its bay");
  }
}
