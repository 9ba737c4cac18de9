package org.diskferry.server.registry;

import java.util.List;
import org.diskferry.job.Job;
import org.diskferry.job.JobEvent;
import org.diskferry.job.JobId;
import org.diskferry.job.Lifecycle;
import org.diskferry.job.LifecycleException;

/// From a job's stored events to the job.
final class Fold {
  private Fold() {}

  static Job of(JobId id, List<StoredEvent> events) throws LifecycleException {
    StoredEvent first = events.getFirst();
    if (!(EventReader.read(first) instanceof JobEvent.Created created)) {
      throw new IllegalStateException("job " + id + " does not begin with its creation");
    }
    Job job = Lifecycle.begin(id, first.at(), created);
    for (StoredEvent event : events.subList(1, events.size())) {
      job = Lifecycle.replay(job, event.at(), EventReader.read(event));
    }
    return job;
  }
}
