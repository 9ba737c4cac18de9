package org.diskferry.server.dispatch;

import org.diskferry.job.JobStore;
import org.diskferry.job.testing.SettableClock;
import org.diskferry.server.registry.TestRegistry;
import org.junit.jupiter.api.AutoClose;

class PostgresExportDispatchTest extends ExportDispatchContract {
  @AutoClose private static final TestRegistry REGISTRY = TestRegistry.create();

  @Override
  protected JobStore store(SettableClock clock) throws Exception {
    return REGISTRY.over(clock, QUOTA).jobs();
  }
}
