package org.diskferry.tool.jobs;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.tool.client.Answer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `ListJobs`.
@Command(
    name = "ListJobs",
    description = "Lists the jobs of the account, newest first.",
    footerHeading = "%nExamples:%n",
    footer = {"  ListJobs", "  ListJobs --max-jobs 25", "  ListJobs --marker ABCDE"})
final class ListJobs extends JobCommand {
  @Option(names = "--max-jobs", paramLabel = "N", description = "at most this many (1000)")
  private int maxJobs = -1;

  @Option(names = "--marker", paramLabel = "JOBID", description = "only jobs older than this one")
  private String marker = "";

  @Override
  String action() {
    return "ListJobs";
  }

  @Override
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (maxJobs >= 0) {
      parameters.put("MaxJobs", Integer.toString(maxJobs));
    }
    if (!marker.isEmpty()) {
      parameters.put("Marker", marker);
    }
    return parameters;
  }

  @Override
  void print(Answer answer, PrintWriter out) {
    List<Map<String, String>> jobs = answer.members("Jobs");
    if (jobs.isEmpty()) {
      out.println("no jobs");
      return;
    }
    out.println("JobId  JobType  CreationDate          IsCanceled");
    for (Map<String, String> job : jobs) {
      out.printf(
          "%-5s  %-7s  %-20s  %s%n",
          job.getOrDefault("JobId", ""),
          job.getOrDefault("JobType", ""),
          job.getOrDefault("CreationDate", ""),
          job.getOrDefault("IsCanceled", ""));
    }
    if (answer.text("IsTruncated").filter("true"::equals).isPresent()) {
      out.println("there are more: --marker " + jobs.getLast().getOrDefault("JobId", ""));
    }
  }

  @Override
  Object values(Answer answer) {
    return Map.of(
        "Jobs", answer.members("Jobs"),
        "IsTruncated", answer.text("IsTruncated").filter("true"::equals).isPresent());
  }
}
