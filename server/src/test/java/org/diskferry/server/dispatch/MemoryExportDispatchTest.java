package org.diskferry.server.dispatch;

import java.util.Random;
import org.diskferry.job.JobStore;
import org.diskferry.job.testing.MemoryJobStore;
import org.diskferry.job.testing.SettableClock;

class MemoryExportDispatchTest extends ExportDispatchContract {
  private static final long SEED = 7;

  @Override
  protected JobStore store(SettableClock clock) {
    return new MemoryJobStore(clock, new Random(SEED), QUOTA);
  }
}
