package org.diskferry.job.manifest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads a return address from good fields and checks what no field shows alone.
final class AddressReader {
  private static final List<String> LINES =
      List.of("name", "company", "street1", "street2", "street3", "city");

  private final Facility facility;
  private final Findings findings;

  AddressReader(Facility facility, Findings findings) {
    this.facility = facility;
    this.findings = findings;
  }

  /// The address; complete only where there are no faults.
  ReturnAddress read(Fields fields) {
    Country country = Country.named(fields.text("country")).orElse(facility.country());
    if (fields.has("country")) {
      checkProvince(fields, country);
      checkUnion(fields, country);
    }
    checkBoxes(fields);
    String province = fields.stripped("stateOrProvince");
    return new ReturnAddress(
        fields.stripped("name"),
        fields.stripped("company"),
        Stream.of("street1", "street2", "street3")
            .map(fields::stripped)
            .filter(line -> !line.isEmpty())
            .toList(),
        fields.stripped("city"),
        Provinces.code(country, province).orElse(province),
        fields.stripped("postalCode"),
        fields.stripped("phoneNumber"),
        country);
  }

  private void checkProvince(Fields fields, Country country) {
    if (!country.hasProvinces() || fields.wasRefused("stateOrProvince")) {
      return;
    }
    if (!fields.has("stateOrProvince")) {
      findings.fault(
          FaultClass.MISSING_FIELD,
          fields.line("stateOrProvince"),
          "returnAddress.stateOrProvince",
          "it is missing; addresses in %s need it".formatted(country.name()));
      return;
    }
    Optional<String> code = Provinces.code(country, fields.text("stateOrProvince"));
    if (code.isEmpty()) {
      fault(
          fields,
          "stateOrProvince",
          "%s is no state or province of %s"
              .formatted(Shown.clip(fields.text("stateOrProvince")), country.name()));
    }
  }

  private void checkUnion(Fields fields, Country country) {
    if (facility.country().inEuropeanUnion() && !country.inEuropeanUnion()) {
      fault(
          fields,
          "country",
          "devices for %s come from the European Union and go back there; %s is not in it"
              .formatted(facility.region(), country.name()));
    }
  }

  private void checkBoxes(Fields fields) {
    for (String line : LINES) {
      if (PostOfficeBox.isIn(fields.text(line))) {
        fault(
            fields,
            line,
            "%s is a post office box; carriers deliver to streets only"
                .formatted(Shown.clip(fields.text(line))));
      }
    }
  }

  private void fault(Fields fields, String field, String message) {
    findings.fault(
        FaultClass.INVALID_ADDRESS, fields.line(field), "returnAddress." + field, message);
  }
}
