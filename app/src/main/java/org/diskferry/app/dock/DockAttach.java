package org.diskferry.app.dock;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `dock attach DEVICE`.
@Command(
    name = "attach",
    description =
        "Takes up a device now. With --job it is that job's; without, its SIGNATURE says whose it is.",
    footerHeading = "%nExamples:%n",
    footer = {"  dock attach /dev/sdb", "  dock attach /srv/images/a.img --job ABCDE%n"})
final class DockAttach extends DockVerb {
  @Parameters(paramLabel = "DEVICE", description = "a disk or an image")
  private Path device = Path.of("");

  @Option(names = "--job", paramLabel = "JOBID", description = "whose it is")
  private String job = "";

  @Override
  String verb() {
    return "dock attach";
  }

  @Override
  Map<String, ?> arguments() {
    return Map.of("device", device.toAbsolutePath().toString(), "job", job);
  }

  @Override
  void print(JsonNode answer, PrintWriter out) {
    out.println(answer.path("device").asString("") + ": taken up; see dock list");
  }
}
