package org.diskferry.postgres;

/// How to reach one database of a server on this machine. The password does not show in `toString`.
///
/// @param port on the loopback interface
/// @param database name
/// @param user role
/// @param password of the role
public record Login(int port, String database, String user, String password) {

  /// The address for a JDBC driver, without user and password.
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /// The same role in another database of the same server.
  public Login in(String other) {
    return new Login(port, other, user, password);
  }

  @Override
  public String toString() {
    return url() + " as " + user;
  }
}
