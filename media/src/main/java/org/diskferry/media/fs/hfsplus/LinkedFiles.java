package org.diskferry.media.fs.hfsplus;

import java.util.Optional;
import org.diskferry.media.MediaException;

/// Files with several names: TN1150, "Hard Links". The file itself is in a private folder, and each
/// of its names is a record that gives its number.
final class LinkedFiles {
  private static final String PREFIX = "iNode";

  /// Digits of the largest number.
  private static final int MOST_DIGITS = 10;

  private LinkedFiles() {}

  static String name(long number) {
    return PREFIX + number;
  }

  /// The number in a name of the private folder; -1 for what has none: files that were deleted
  /// while they were open.
  static long number(String name) {
    String digits = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= MOST_DIGITS
            && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    long number = isNumber ? Long.parseLong(digits) : -1;
    return number < 1L << Integer.SIZE ? number : -1;
  }

  /// The file that `number` means.
  static Optional<CatalogRecord.File> find(Catalogue catalogue, SystemFiles system, long number)
      throws MediaException {
    if (system.linkedFiles() == 0) {
      return Optional.empty();
    }
    Optional<CatalogRecord> found = catalogue.find(system.linkedFiles(), name(number));
    return found.isPresent() && found.get() instanceof CatalogRecord.File file
        ? Optional.of(file)
        : Optional.empty();
  }
}
