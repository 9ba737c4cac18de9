package org.diskferry.media.crypt;

/// What became of trying a password. None of these is an exception: a wrong password is a thing
/// that customers do.
public sealed interface Trial {

  /// It opens the volume.
  record Opened(CryptVolume volume) implements Trial {}

  /// It opens nothing: another password, another PIM, a keyfile, or no such volume at all.
  record Refused() implements Trial {}

  /// Nobody waited for the end.
  record Stopped() implements Trial {}

  /// It opens a header by which the volume cannot be read.
  ///
  /// @param reason for people
  /// @param damaged whether the volume is broken; else it is of a kind that is not supported
  record Useless(String reason, boolean damaged) implements Trial {}
}
