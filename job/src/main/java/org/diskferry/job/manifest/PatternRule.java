package org.diskferry.job.manifest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// The rule for regular expressions of customers: they compile, and cannot be made to count for
/// ever. How long a search takes is bounded where it is made.
final class PatternRule implements Rule {
  /// Longest expression: the longest key, written out.
  private static final int LONGEST = 1024;

  /// Most that all the repeats of an expression may count to when multiplied: repeats of what is
  /// empty look at no character, so the bound on looks does not see them.
  private static final long MOST_REPEATS = 1_000_000;

  private static final Pattern REPEAT = Pattern.compile("\\{\\s*(\\d+)\\s*(?:,\\s*(\\d*)\\s*)?}");

  @Override
  public Optional<String> problem(String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      return Optional.of("an expression has 1 to %d characters".formatted(LONGEST));
    }
    if (repeats(value) > MOST_REPEATS) {
      return Optional.of("its repeats count to more than %d together".formatted(MOST_REPEATS));
    }
    try {
      Pattern.compile(value);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          "it is no Java regular expression: %s near index %d"
              .formatted(Shown.clip(e.getDescription()), e.getIndex()));
    } catch (StackOverflowError e) {
      return Optional.of("its groups are nested too deep");
    }
  }

  private static long repeats(String value) {
    long product = 1;
    Matcher repeat = REPEAT.matcher(value);
    while (repeat.find() && product <= MOST_REPEATS) {
      product *= Math.max(count(repeat.group(1)), count(repeat.group(2)));
    }
    return product;
  }

  private static long count(@Nullable String digits) {
    if (digits == null || digits.isEmpty()) {
      return 1;
    }
    // longer numbers are too large whatever they are, and would overflow
    return digits.length() > 7 ? MOST_REPEATS + 1 : Math.max(1, Long.parseLong(digits));
  }
}
