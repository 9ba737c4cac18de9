package org.diskferry.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.security.SecureRandom;
import java.time.Instant;
import org.diskferry.job.Account;
import org.diskferry.job.Confidential;
import org.diskferry.job.CreatedJob;
import org.diskferry.job.JobPage;
import org.diskferry.job.JobStore;
import org.diskferry.job.JobStoreException;
import org.diskferry.job.JobType;
import org.diskferry.job.NewJob;
import org.diskferry.postgres.testing.TestDatabase;
import org.diskferry.server.registry.BreakingDataSource.Break;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The connection breaks at the commit: was it before or after?
class LostCommitTest {
  private static final int QUOTA = 5;
  private static final SiteKey KEY = SiteKey.random(new SecureRandom());
  private static final Account ACCOUNT = new Account("000000000001");

  @AutoClose private static final TestDatabase DATABASE = TestDatabase.create();
  @AutoClose private static final HikariDataSource POOL = Pool.of(DATABASE.login());

  @BeforeAll
  static void schema() throws Exception {
    Registry.open(POOL, KEY, Instant::now, QUOTA);
  }

  @Test
  void aJobWhoseCommitWasNotAnsweredIsFound() throws Exception {
    CreatedJob created = breaking(Break.AFTER_COMMIT).create(asked());
    assertThat(plain().find(created.job().id())).contains(created.job());
    assertThat(plain().signature(created.job().id())).isEqualTo(created.signature());
  }

  @Test
  void aJobThatCannotBeCommittedLeavesNothing() throws Exception {
    JobPage before = plain().list(ACCOUNT, 100);
    JobStore breaking = breaking(Break.BEFORE_COMMIT);
    assertThatThrownBy(() -> breaking.create(asked())).isInstanceOf(JobStoreException.class);
    assertThat(plain().list(ACCOUNT, 100)).isEqualTo(before);
  }

  private static JobStore breaking(Break when) throws RegistryException {
    BreakingDataSource source = new BreakingDataSource(POOL);
    JobStore jobs = Registry.over(source, KEY, Instant::now, QUOTA).jobs();
    source.breakNext(when);
    return jobs;
  }

  private static JobStore plain() throws RegistryException {
    return Registry.over(POOL, KEY, Instant::now, QUOTA).jobs();
  }

  private static NewJob asked() {
    return new NewJob(
        ACCOUNT, Confidential.of("jane"), JobType.IMPORT, Confidential.of("bucket: b"));
  }
}
