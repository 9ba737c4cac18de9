package org.diskferry.tool.jobs;

import java.io.PrintWriter;
import java.util.Map;
import org.diskferry.tool.client.Answer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `GetShipInfo JOBID`.
@Command(
    name = "GetShipInfo",
    description = "Shows what to know before a disk is sent.",
    footerHeading = "%nExample:%n",
    footer = "  GetShipInfo ABCDE")
final class GetShipInfo extends JobCommand {
  @Parameters(paramLabel = "JOBID", description = "the job")
  private String job = "";

  @Override
  String action() {
    return "GetStatus";
  }

  @Override
  Map<String, String> parameters() {
    return Map.of("JobId", job);
  }

  @Override
  void print(Answer answer, PrintWriter out) {
    line(answer, "JobId", out);
    line(answer, "AwsShippingAddress", out);
    out.println("Please use GetShippingLabel API endpoint to print your shipping label.");
  }
}
