package org.diskferry.job.manifest;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A country by its ISO 3166-1 code of two letters.
public record Country(String code) {
  private static final Pattern FORM = Pattern.compile("[A-Z]{2}");

  private static final Set<String> EUROPEAN_UNION =
      Set.of(
          "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
          "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

  /// Checks the form.
  public Country {
    if (!FORM.matcher(code).matches()) {
      throw new IllegalArgumentException("not a country code: " + code);
    }
  }

  /// What a person wrote: a code of two or three letters, the English name, or a name in use. Empty
  /// where no country is known by it.
  public static Optional<Country> named(String text) {
    return CountryNames.find(text);
  }

  /// Whether goods move from there to another member without customs papers.
  public boolean inEuropeanUnion() {
    return EUROPEAN_UNION.contains(code);
  }

  /// Whether addresses there need a state or a province.
  public boolean hasProvinces() {
    return code.equals("US") || code.equals("CA");
  }

  /// The English name.
  public String name() {
    return Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
  }

  @Override
  public String toString() {
    return code;
  }
}
