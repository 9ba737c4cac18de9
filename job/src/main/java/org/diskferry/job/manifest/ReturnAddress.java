package org.diskferry.job.manifest;

import java.util.List;

/// Where a disk goes back to. Empty text means that the option is absent.
///
/// @param name of the person
/// @param company empty where none is given
/// @param streets one to three lines
/// @param city town
/// @param stateOrProvince as written; of the US and Canada, the code of two letters
/// @param postalCode as written, leading zeros kept; `00000` where the country has none
/// @param phoneNumber as written
/// @param country where it is
public record ReturnAddress(
    String name,
    String company,
    List<String> streets,
    String city,
    String stateOrProvince,
    String postalCode,
    String phoneNumber,
    Country country) {

  /// Copies the lines.
  public ReturnAddress {
    streets = List.copyOf(streets);
  }
}
