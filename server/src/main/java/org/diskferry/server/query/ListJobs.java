package org.diskferry.server.query;

import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.diskferry.access.AccountId;
import org.diskferry.job.JobListing;
import org.diskferry.job.JobPage;

/// Lists the account's jobs, newest first, a page at a time.
final class ListJobs implements Action {
  /// The guide's largest page, and what is given where none is asked for.
  private static final int LARGEST = 1_000;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final Jobs jobs;

  ListJobs(Jobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "ListJobs";
  }

  @Override
  public Consumer<Xml> perform(Call call) throws QueryException, UnavailableException {
    AccountId account = call.caller().account();
    int limit = limit(call.text("MaxJobs"));
    String marker = call.text("Marker");
    JobPage page =
        marker.isEmpty() ? jobs.newest(account, limit) : jobs.after(account, marker, limit);
    return xml -> members(xml, page);
  }

  private static int limit(String text) throws QueryException {
    if (text.isEmpty()) {
      return LARGEST;
    }
    if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > LARGEST) {
      throw Call.invalid("MaxJobs must be from 0 to %d, not %s".formatted(LARGEST, Quote.of(text)));
    }
    return Integer.parseInt(text);
  }

  private static void members(Xml xml, JobPage page) {
    // Clients print nothing at all where this element is missing.
    xml.open("Jobs");
    for (JobListing job : page.jobs()) {
      xml.open("member")
          .text("JobId", job.id().value())
          .text("CreationDate", Times.of(job.created()))
          .flag("IsCanceled", job.canceled())
          .text("JobType", job.type().word())
          .close();
    }
    xml.close().flag("IsTruncated", page.truncated());
  }
}
