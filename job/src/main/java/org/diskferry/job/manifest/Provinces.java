package org.diskferry.job.manifest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The states of the US, with the district and the territories that parcels reach, and the
/// provinces of Canada: code, then names.
final class Provinces {
  private static final String UNITED_STATES =
      """
      AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;\
      DE Delaware;DC District of Columbia;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;\
      IN Indiana;IA Iowa;KS Kansas;KY Kentucky;LA Louisiana;ME Maine;MD Maryland;\
      MA Massachusetts;MI Michigan;MN Minnesota;MS Mississippi;MO Missouri;MT Montana;\
      NE Nebraska;NV Nevada;NH New Hampshire;NJ New Jersey;NM New Mexico;NY New York;\
      NC North Carolina;ND North Dakota;OH Ohio;OK Oklahoma;OR Oregon;PA Pennsylvania;\
      RI Rhode Island;SC South Carolina;SD South Dakota;TN Tennessee;TX Texas;UT Utah;\
      VT Vermont;VA Virginia;WA Washington;WV West Virginia;WI Wisconsin;WY Wyoming;\
      AS American Samoa;GU Guam;MP Northern Mariana Islands;PR Puerto Rico;VI Virgin Islands;\
      WA Washington State;DC Washington DC;VI US Virgin Islands\
      """;

  private static final String CANADA =
      """
      AB Alberta;BC British Columbia;MB Manitoba;NB New Brunswick;\
      NL Newfoundland and Labrador;NS Nova Scotia;NT Northwest Territories;NU Nunavut;\
      ON Ontario;PE Prince Edward Island;QC Quebec;SK Saskatchewan;YT Yukon;\
      NL Newfoundland;PE PEI;QC PQ;YT Yukon Territory\
      """;

  private static final Map<Country, Map<String, String>> BY_COUNTRY =
      Map.of(new Country("US"), table(UNITED_STATES), new Country("CA"), table(CANADA));

  private Provinces() {}

  /// The code of two letters; empty where the country has no such state or province.
  static Optional<String> code(Country country, String text) {
    Map<String, String> codes = BY_COUNTRY.getOrDefault(country, Map.of());
    return Optional.ofNullable(codes.get(CountryNames.fold(text)));
  }

  private static Map<String, String> table(String rows) {
    Map<String, String> codes = new HashMap<>();
    for (String row : rows.split(";", -1)) {
      String code = row.substring(0, 2);
      codes.put(CountryNames.fold(code), code);
      codes.put(CountryNames.fold(row.substring(3)), code);
    }
    return Map.copyOf(codes);
  }
}
