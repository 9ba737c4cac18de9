package org.diskferry.app.service;

import java.net.URI;
import java.util.function.UnaryOperator;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.station.dock.Opening;
import org.diskferry.station.fill.FillSettings;
import org.diskferry.station.load.LoadSettings;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.s3.Limits;

/// What the station is built of, for those who exchange some of it: tests put a store that fails
/// and a disk that fails in its place.
///
/// @param route to the store whose address is given
/// @param store what the station sees of its store
/// @param patience of the client of that store
/// @param opening of devices
/// @param loading how much a load may take at once
/// @param filling how much the filling of a device may take at once
record StationParts(
    UnaryOperator<URI> route,
    UnaryOperator<ObjectStore> store,
    Limits patience,
    Opening opening,
    LoadSettings loading,
    FillSettings filling) {
  /// What runs in production.
  static final StationParts USUAL =
      new StationParts(
          address -> address,
          store -> store,
          Limits.USUAL,
          Devices::openExclusively,
          LoadSettings.DEFAULT,
          FillSettings.DEFAULT);
}
