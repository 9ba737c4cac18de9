package org.diskferry.depot.index;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.diskferry.postgres.testing.NotRun;
import org.diskferry.postgres.testing.TestDatabase;
import org.diskferry.postgres.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class IndexTest {

  @Test
  void aDatabaseThatAnswersBeforeItHasWrittenIsRefused() {
    try (TestDatabase database = TestDatabase.create()) {
      PGSimpleDataSource careless = new PGSimpleDataSource();
      careless.setUrl(database.login().url());
      careless.setUser(database.login().user());
      careless.setPassword(database.login().password());
      careless.setOptions("-c synchronous_commit=off");
      assertThatThrownBy(() -> Index.open(careless)).hasMessageContaining("synchronous_commit");
    }
  }

  @Test
  void theSchemaFitsTheServerOfDebianToo() {
    TestServer debian =
        TestServer.debian()
            .orElseThrow(() ->
                NotRun.because(getClass(), "the depot's index on PostgreSQL 15", "postgresql-15"));
    try (TestDatabase database = TestDatabase.createOn(debian)) {
      assertThatCode(() -> Index.open(database.dataSource())).doesNotThrowAnyException();
    }
  }
}
