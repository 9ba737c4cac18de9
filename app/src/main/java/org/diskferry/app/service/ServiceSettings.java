package org.diskferry.app.service;

import org.diskferry.app.home.Home;
import org.diskferry.app.store.StoreChoice;
import org.jspecify.annotations.Nullable;

/// What the operator chose.
///
/// @param home where everything is kept
/// @param port of the query API; the depot takes the next. 0 takes free ones for both
/// @param database address of a PostgreSQL (`jdbc:postgresql://…`); null for the embedded one
/// @param store where the objects go
/// @param outside how clients reach the service
/// @param quick whether the free space of containers that are made is left as it is
public record ServiceSettings(
    Home home,
    int port,
    @Nullable String database,
    StoreChoice store,
    PublicAddresses outside,
    boolean quick) {
  private static final int HIGHEST_PORT = 65_534;

  /// Checks the port, and that nobody is promised a depot that there is not.
  public ServiceSettings {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("the port must be 0 to " + HIGHEST_PORT + ", not " + port);
    }
    if (outside.objects() != null && !(store instanceof StoreChoice.Embedded)) {
      throw new IllegalArgumentException(
          "--objects-url is of the depot, which is off with --store: clients get the store's URL");
    }
  }

  /// Reached as `localhost`.
  public ServiceSettings(Home home, int port, @Nullable String database, StoreChoice store) {
    this(home, port, database, store, PublicAddresses.NONE, false);
  }

  /// With everything embedded but, perhaps, the database.
  public ServiceSettings(Home home, int port, @Nullable String database) {
    this(home, port, database, new StoreChoice.Embedded());
  }

  /// Port of the depot.
  int depotPort() {
    return port == 0 ? 0 : port + 1;
  }
}
