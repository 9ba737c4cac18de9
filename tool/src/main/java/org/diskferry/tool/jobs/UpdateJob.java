package org.diskferry.tool.jobs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.diskferry.tool.client.Answer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `UpdateJob JOBID TYPE FILE`.
@Command(
    name = "UpdateJob",
    description = "Replaces the manifest of a job that has not begun, or is on hold.",
    footerHeading = "%nExample:%n",
    footer = "  UpdateJob ABCDE Import mended.txt")
final class UpdateJob extends JobCommand {
  @Parameters(index = "0", paramLabel = "JOBID", description = "the job")
  private String job = "";

  @Parameters(index = "1", paramLabel = "TYPE", description = "Import or Export")
  private String type = "";

  @Parameters(index = "2", paramLabel = "FILE", description = "the new manifest")
  private Path manifest = Path.of("");

  @Override
  String action() {
    return "UpdateJob";
  }

  @Override
  Map<String, String> parameters() throws IOException {
    return Map.of(
        "JobId",
        job,
        "JobType",
        type,
        "Manifest",
        ManifestFile.read(manifest),
        "ValidateOnly",
        "false");
  }

  @Override
  void print(Answer answer, PrintWriter out) {
    line(answer, "Success", out);
    line(answer, "WarningMessage", out);
  }
}
