package org.diskferry.station.catalogue;

import org.diskferry.store.ObjectKey;

/// What an order makes of a row.
public sealed interface Verdict {

  /// The file is to be stored under this key.
  record Load(ObjectKey key) implements Verdict {}

  /// The row is no file, or the customer left it out: `103 Ignored`.
  record Ignore() implements Verdict {}

  /// The row is an error without anything being read.
  ///
  /// @param status 400 and above
  /// @param code the word in the log
  /// @param reason for people
  record Refuse(int status, String code, String reason) implements Verdict {}
}
