package org.diskferry.job;

import java.util.Random;
import org.diskferry.job.testing.JobStoreContract;
import org.diskferry.job.testing.MemoryJobStore;
import org.diskferry.job.testing.SettableClock;

class MemoryJobStoreTest extends JobStoreContract {
  private static final long SEED = 1;
  private long accounts = 100_000_000_000L;

  @Override
  protected JobStore store(SettableClock clock, int quota) {
    return new MemoryJobStore(clock, new Random(SEED), quota);
  }

  @Override
  protected Account freshAccount() {
    return new Account(Long.toString(accounts++));
  }
}
