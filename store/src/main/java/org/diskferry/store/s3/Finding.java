package org.diskferry.store.s3;

/// One thing that a store was asked.
///
/// @param about what kind of thing: `checksum`, `acl`, `key` …
/// @param what the thing itself: `CRC32C`, `public-read`, `LONG_SEGMENT` …
/// @param grade whether it is there
/// @param found what the store made of it, a few words
/// @param effect what follows where it is not there, a sentence; else empty
public record Finding(String about, String what, Grade grade, String found, String effect) {

  /// How much a finding matters.
  public enum Grade {
    /// It is there.
    GOOD,
    /// It is not, and nothing that Diskferry does needs it.
    NOTE,
    /// It is not, and something works less well or not at all.
    DEGRADES
  }

  static Finding good(String about, String what, String found) {
    return new Finding(about, what, Grade.GOOD, found, "");
  }

  static Finding note(String about, String what, String found) {
    return new Finding(about, what, Grade.NOTE, found, "");
  }

  static Finding degrades(String about, String what, String found, String effect) {
    return new Finding(about, what, Grade.DEGRADES, found, effect);
  }
}
