package org.diskferry.job;

import java.util.List;

/// A part of a list of jobs, newest first.
///
/// @param truncated whether there are more behind the last
public record JobPage(List<JobListing> jobs, boolean truncated) {

  /// Copies the list.
  public JobPage {
    jobs = List.copyOf(jobs);
  }
}
