package org.diskferry.server.registry;

import org.diskferry.postgres.testing.NotRun;
import org.diskferry.postgres.testing.TestDatabase;
import org.diskferry.postgres.testing.TestServer;

/// The oldest server that we say we run on, as Debian packages it.
class DebianJobStoreTest extends PostgresJobStoreContract {
  DebianJobStoreTest() {
    super(
        TestDatabase.createOn(
            TestServer.debian()
                .orElseThrow(() ->
                    NotRun.because(
                        DebianJobStoreTest.class,
                        "the registry on PostgreSQL 15",
                        "Debian's postgresql-15"))));
  }
}
