package org.diskferry.tool.jobs;

import java.io.PrintWriter;
import java.util.Map;
import org.diskferry.tool.client.Answer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `CancelJob JOBID`.
@Command(
    name = "CancelJob",
    description = "Cancels a job. One that is being loaded stops at the next file.",
    footerHeading = "%nExample:%n",
    footer = "  CancelJob ABCDE")
final class CancelJob extends JobCommand {
  @Parameters(paramLabel = "JOBID", description = "the job")
  private String job = "";

  @Override
  String action() {
    return "CancelJob";
  }

  @Override
  Map<String, String> parameters() {
    return Map.of("JobId", job);
  }

  @Override
  void print(Answer answer, PrintWriter out) {
    line(answer, "Success", out);
  }
}
