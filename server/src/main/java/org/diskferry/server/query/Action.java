package org.diskferry.server.query;

import java.util.function.Consumer;

/// One thing that can be asked of the service.
interface Action {

  /// Its name on the wire, and in policies after `importexport:`.
  String name();

  /// Does it, and answers what writes the members of its result. Everything that can fail has been
  /// done when this returns.
  Consumer<Xml> perform(Call call) throws QueryException, UnavailableException;
}
