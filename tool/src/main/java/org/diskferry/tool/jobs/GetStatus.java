package org.diskferry.tool.jobs;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.diskferry.tool.client.Answer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `GetStatus JOBID`.
@Command(
    name = "GetStatus",
    description = "Shows where a job's disk is and how far the job has come.",
    footerHeading = "%nExamples:%n",
    footer = {"  GetStatus ABCDE", "  GetStatus ABCDE --json"})
final class GetStatus extends JobCommand {
  private static final List<String> LINES =
      List.of(
          "JobId",
          "JobType",
          "CreationDate",
          "LocationCode",
          "LocationMessage",
          "ProgressCode",
          "ProgressMessage",
          "ErrorCount",
          "Carrier",
          "TrackingNumber",
          "LogBucket",
          "LogKey",
          "AwsShippingAddress",
          "Signature");

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
    LINES.forEach(name -> line(answer, name, out));
    answer
        .text("CurrentManifest")
        .ifPresent(manifest -> out.println("CurrentManifest:\n" + manifest.stripTrailing()));
  }
}
