package org.diskferry.job.manifest;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/// Reads what the customs are told from good fields and checks what no field shows alone.
final class CustomsReader {
  private static final Country UNITED_STATES = new Country("US");
  private static final String MASS_MARKET = "5D992";

  /// The tariff code of each type of device. Guide, "Customs Manifest File Option", deviceType.
  private static final Map<String, String> TARIFF_CODES =
      Map.of(
          "externalstoragedevice", "8471704065",
          "usbflashdrive", "8471709000",
          "satadrive", "8471702000");

  private final Findings findings;

  CustomsReader(Findings findings) {
    this.findings = findings;
  }

  /// Whether a parcel between the two needs papers.
  static boolean areNeeded(Country from, Country to) {
    return !from.equals(to) && !(from.inEuropeanUnion() && to.inEuropeanUnion());
  }

  /// Whether the encryption must be of the class that needs no license.
  static boolean isAmerican(Country from, Country to) {
    return from.equals(UNITED_STATES) || to.equals(UNITED_STATES);
  }

  void checkEncryption(Fields fields, boolean american) {
    boolean encrypted = Rules.isYes(fields.text("encryptedData"));
    if (!encrypted || fields.wasRefused("encryptionClassification")) {
      return;
    }
    if (!fields.has("encryptionClassification")) {
      findings.fault(
          FaultClass.MISSING_CUSTOMS,
          fields.line("encryptionClassification"),
          "customs.encryptionClassification",
          "it is missing; with encryptedData: yes it is needed");
    } else if (american
        && !fields.stripped("encryptionClassification").equalsIgnoreCase(MASS_MARKET)) {
      findings.fault(
          FaultClass.INVALID_CUSTOMS,
          fields.line("encryptionClassification"),
          "customs.encryptionClassification",
          "encryption that is shipped to or from the United States must be " + MASS_MARKET);
    }
  }

  /// What is told; complete only where there are no faults and papers are needed.
  Customs read(Fields fields) {
    String type = fields.stripped("deviceType");
    String tariff = fields.stripped("deviceHTS").replace(".", "");
    String value = fields.stripped("deviceValue");
    String export = fields.stripped("typeOfExport");
    return new Customs(
        fields.stripped("dataDescription"),
        Rules.isYes(fields.text("encryptedData")),
        fields.stripped("encryptionClassification"),
        fields.stripped("exportCertifierName"),
        value.isEmpty() ? BigDecimal.ZERO : new BigDecimal(value),
        Country.named(fields.text("deviceCountryOfOrigin")).map(Country::code).orElse(""),
        type,
        tariff.isEmpty() ? TARIFF_CODES.getOrDefault(type.toLowerCase(Locale.ROOT), "") : tariff,
        export.isEmpty() ? "return" : export);
  }
}
