package org.diskferry.job.manifest;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the name that a misspelt one was meant to be.
final class Nearest {
  /// Longer names are none that was misspelt; comparing takes the square of the length.
  private static final int LONGEST = 64;

  private Nearest() {}

  /// The known name that takes the fewest changes, if a third of the letters are enough.
  static Optional<String> to(String name, Stream<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    record Distant(String name, int changes) {}
    String folded = fold(name);
    return known
        .map(candidate -> new Distant(candidate, changes(folded, fold(candidate))))
        .filter(d -> d.changes() <= Math.max(1, Math.min(name.length(), d.name().length()) / 3))
        .min(Comparator.comparingInt(Distant::changes).thenComparing(Distant::name))
        .map(Distant::name);
  }

  private static String fold(String name) {
    return name.replaceAll("[\\s_-]", "").toLowerCase(Locale.ROOT);
  }

  /// Levenshtein's distance: letters to put in, take out or replace.
  private static int changes(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
