package org.diskferry.job.naming;

/// What the manifest makes of a path.
public sealed interface ImportNames {

  /// The file is to become this object.
  ///
  /// @param key 1 to 1,024 bytes of UTF-8
  record Load(String key) implements ImportNames {}

  /// The file is left out: `103 Ignored`.
  record Ignore() implements ImportNames {}

  /// The file cannot be named: a row with this status and code.
  ///
  /// @param status 400 and above
  /// @param code the word in the log
  /// @param reason for people
  record Refuse(int status, String code, String reason) implements ImportNames {}
}
