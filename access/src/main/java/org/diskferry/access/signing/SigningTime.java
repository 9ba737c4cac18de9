package org.diskferry.access.signing;

import java.time.Instant;

/// A second, in the two forms that signatures name it by. A signer of many small requests keeps the
/// last, rather than write the same again for each.
///
/// @param second of the epoch
/// @param text `20261121T075505Z`
/// @param day `20261121`
record SigningTime(long second, String text, String day) {

  static SigningTime of(Instant at) {
    String text = V4ClaimReader.TIME.format(at);
    return new SigningTime(at.getEpochSecond(), text, text.substring(0, text.indexOf('T')));
  }

  boolean is(Instant at) {
    return at.getEpochSecond() == second;
  }
}
