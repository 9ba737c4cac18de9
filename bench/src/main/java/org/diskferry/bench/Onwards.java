package org.diskferry.bench;

import org.diskferry.job.dispatch.Progress;
import org.diskferry.station.task.Steering;

/// Nobody watches, and nobody stops it.
public final class Onwards implements Steering {
  @Override
  public void progress(Progress progress) {
    // Nobody watches.
  }

  @Override
  public boolean isCanceled() {
    return false;
  }

  @Override
  public boolean isAbandoned() {
    return false;
  }
}
