package org.diskferry.tool.jobs;

import java.util.List;

/// The customer's commands.
public final class JobCommands {
  private JobCommands() {}

  /// One of each, in the order of a job's life.
  public static List<Object> all() {
    return List.of(
        new CreateJob(),
        new UpdateJob(),
        new GetShipInfo(),
        new GetStatus(),
        new ListJobs(),
        new CancelJob());
  }
}
