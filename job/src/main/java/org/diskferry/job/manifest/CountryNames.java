package org.diskferry.job.manifest;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The names by which people call countries. Codes and English names are the platform's (ISO
/// 3166-1, CLDR); the table here has the other names in use.
final class CountryNames {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");

  /// Code, then further names, as they are folded.
  private static final String[][] MORE = {
    {"AE", "UAE", "Emirates"},
    {"BA", "Bosnia"},
    {"BN", "Brunei Darussalam"},
    {"BO", "Plurinational State of Bolivia"},
    {"BR", "Brasil"},
    {"CD", "Congo Kinshasa", "Democratic Republic of the Congo", "DR Congo", "DRC"},
    {"CG", "Congo Brazzaville", "Republic of the Congo", "Congo"},
    {"CI", "Ivory Coast", "Cote dIvoire"},
    {"CN", "PR China", "PRC", "Peoples Republic of China", "Mainland China"},
    {"CV", "Cabo Verde"},
    {"CZ", "Czech Republic"},
    {"DE", "Deutschland", "Federal Republic of Germany"},
    {"ES", "Espana"},
    {"FM", "Micronesia", "Federated States of Micronesia"},
    {
      "GB",
      "UK",
      "United Kingdom of Great Britain and Northern Ireland",
      "Great Britain",
      "Britain",
      "England",
      "Scotland",
      "Wales",
      "Northern Ireland"
    },
    {"GR", "Hellas", "Hellenic Republic"},
    {"HK", "Hong Kong"},
    {"IE", "Republic of Ireland", "Eire"},
    {"IR", "Islamic Republic of Iran"},
    {"KP", "Democratic Peoples Republic of Korea"},
    {"KR", "Korea", "Republic of Korea"},
    {"LA", "Lao PDR", "Lao Peoples Democratic Republic"},
    {"MD", "Republic of Moldova"},
    {"MK", "Macedonia"},
    {"MM", "Myanmar", "Burma"},
    {"MO", "Macau", "Macao"},
    {"NL", "The Netherlands", "Holland"},
    {"PH", "The Philippines"},
    {"PS", "Palestine", "State of Palestine"},
    {"RU", "Russian Federation"},
    {"SK", "Slovak Republic"},
    {"SY", "Syrian Arab Republic"},
    {"SZ", "Swaziland"},
    {"TL", "East Timor"},
    {"TR", "Turkey"},
    {"TW", "Taiwan ROC", "Republic of China"},
    {"TZ", "United Republic of Tanzania"},
    {"US", "United States of America", "America", "US of A"},
    {"VA", "Vatican", "Holy See"},
    {"VE", "Bolivarian Republic of Venezuela"},
    {"VN", "Viet Nam"},
  };

  private static final Map<String, Country> BY_NAME = byName();

  private CountryNames() {}

  static Optional<Country> find(String text) {
    return Optional.ofNullable(BY_NAME.get(fold(text)));
  }

  private static Map<String, Country> byName() {
    Map<String, Country> names = new HashMap<>();
    for (String code : Locale.getISOCountries()) {
      Country country = new Country(code);
      names.put(fold(code), country);
      names.put(fold(Locale.of("", code).getISO3Country()), country);
      names.put(fold(country.name()), country);
    }
    for (String[] row : MORE) {
      for (int i = 1; i < row.length; i++) {
        names.put(fold(row[i]), new Country(row[0]));
      }
    }
    return Map.copyOf(names);
  }

  /// Letters only, without accents and case: `U.S.A.` and `usa` are one, and so are `St. Lucia` and
  /// `st lucia`.
  static String fold(String text) {
    String plain = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    return NO_LETTERS.matcher(plain.replace("&", "and")).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
