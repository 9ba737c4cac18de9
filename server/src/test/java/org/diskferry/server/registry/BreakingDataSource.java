package org.diskferry.server.registry;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/// Connections of another source, of which the next one breaks at its commit. Tests only: it
/// injects a fault into a real connection.
final class BreakingDataSource implements DataSource {
  private final DataSource source;
  private Break next = Break.NEVER;

  BreakingDataSource(DataSource source) {
    this.source = source;
  }

  /// When a connection breaks.
  enum Break {
    NEVER,
    BEFORE_COMMIT,
    AFTER_COMMIT
  }

  void breakNext(Break when) {
    next = when;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = source.getConnection();
    Break when = next;
    next = Break.NEVER;
    return when == Break.NEVER ? connection : breaking(connection, when);
  }

  private static Connection breaking(Connection connection, Break when) {
    return (Connection)
        Proxy.newProxyInstance(
            BreakingDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) ->
                method.getName().equals("commit")
                    ? broken(connection, when)
                    : called(connection, method, arguments));
  }

  private static Object broken(Connection connection, Break when) throws SQLException {
    if (when == Break.AFTER_COMMIT) {
      connection.commit();
    } else {
      connection.rollback();
    }
    throw new SQLException("the connection is gone", "08006");
  }

  private static Object called(Connection connection, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return source.getConnection(user, password);
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return source.isWrapperFor(type);
  }
}
