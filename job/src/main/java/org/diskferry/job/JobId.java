package org.diskferry.job;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Name of a job: five characters of `A–Z` and `0–9` without O, I and L, so that it survives being
/// read out over the telephone.
public record JobId(String value) implements Comparable<JobId> {
  private static final String ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ0123456789";
  private static final int LENGTH = 5;
  private static final Pattern FORM = Pattern.compile("[A-HJKMNP-Z0-9]{5}");

  /// Checks the form.
  public JobId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a job id: " + value);
    }
  }

  /// A new one; `random` must be a cryptographic generator where ids must not be guessed.
  public static JobId random(RandomGenerator random) {
    StringBuilder id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new JobId(id.toString());
  }

  /// What a person typed: blanks trimmed, lower case raised, o read as 0, i and l as 1. Empty where
  /// that is no job id.
  public static Optional<JobId> typed(String text) {
    String folded =
        text.strip().toUpperCase(Locale.ROOT).replace('O', '0').replace('I', '1').replace('L', '1');
    return FORM.matcher(folded).matches() ? Optional.of(new JobId(folded)) : Optional.empty();
  }

  @Override
  public int compareTo(JobId that) {
    return value.compareTo(that.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
