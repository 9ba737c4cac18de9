package org.diskferry.job.manifest;

import java.util.Set;

/// An option of a manifest: a row of [Options].
///
/// @param name as it is written
/// @param section where it stands
/// @param kinds of job that have it
/// @param need when it must be there
/// @param form what its value is
/// @param missing what its absence is, where it must be there
/// @param invalid what a wrong value is
record Option(
    String name,
    Section section,
    Set<Kind> kinds,
    Need need,
    Form form,
    FaultClass missing,
    FaultClass invalid) {

  /// When an option must be there.
  enum Need {
    ALWAYS,
    /// Since version 1.1: a manifest 1.0 was written before it, and is told so.
    SINCE_1_1,
    /// Where the parcel crosses a border.
    ABROAD,
    NEVER
  }

  /// The name in messages.
  String path() {
    return section.path() + name;
  }

  Option invalidAs(FaultClass cls) {
    return new Option(name, section, kinds, need, form, missing, cls);
  }

  Option since11() {
    return new Option(name, section, kinds, Need.SINCE_1_1, form, missing, invalid);
  }
}
