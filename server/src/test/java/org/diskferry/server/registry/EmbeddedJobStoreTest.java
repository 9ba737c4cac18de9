package org.diskferry.server.registry;

import org.diskferry.postgres.testing.TestDatabase;

class EmbeddedJobStoreTest extends PostgresJobStoreContract {
  EmbeddedJobStoreTest() {
    super(TestDatabase.create());
  }
}
