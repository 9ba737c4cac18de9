package org.diskferry.postgres.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

  @Test
  void eachDatabaseIsEmptyAndItsOwn() throws Exception {
    try (TestDatabase one = TestDatabase.create();
        TestDatabase two = TestDatabase.create()) {
      execute(one, "CREATE TABLE here (n int)");
      assertThat(tables(one)).isEqualTo(1);
      assertThat(tables(two)).isZero();
    }
  }

  @Test
  void theServerOfDebianServesToo() throws Exception {
    TestServer debian =
        TestServer.debian()
            .orElseThrow(
                () -> NotRun.because(getClass(), "PostgreSQL 15 of Debian", "postgresql-15"));
    try (TestDatabase database = TestDatabase.createOn(debian)) {
      assertThat(tables(database)).isZero();
    }
  }

  private static void execute(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int tables(TestDatabase database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
