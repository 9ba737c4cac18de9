package org.diskferry.job.manifest;

import org.jspecify.annotations.Nullable;

/// Reads what every manifest says; complete only where there are no faults.
final class CommonReader {
  private static final Country UNITED_STATES = new Country("US");

  private final SectionReader sections;
  private final Facility facility;
  private final Findings findings;

  CommonReader(SectionReader sections, Facility facility, Findings findings) {
    this.sections = sections;
    this.facility = facility;
    this.findings = findings;
  }

  Common read(String version, Fields top) {
    Fields fields = new Fields(top.line("returnAddress"));
    if (top.has("returnAddress")) {
      fields =
          sections.read(
              Section.RETURN_ADDRESS, top.block("returnAddress"), top.line("returnAddress"), false);
    }
    ReturnAddress address = new AddressReader(facility, findings).read(fields);
    return new Common(
        version,
        top.stripped("deviceId"),
        top.stripped("generator"),
        top.has("logBucket") ? top.text("logBucket") : top.text("bucket"),
        top.text("logPrefix"),
        Rules.addresses(top.text("notificationEmail")),
        address,
        serviceLevel(top, address.country()),
        facility,
        customs(top, fields, address.country()));
  }

  private ServiceLevel serviceLevel(Fields top, Country country) {
    if (!top.text("serviceLevel").equals("expeditedShipping")) {
      return ServiceLevel.STANDARD;
    }
    if (facility.country().equals(UNITED_STATES) && country.equals(UNITED_STATES)) {
      return ServiceLevel.EXPEDITED;
    }
    findings.warn(
        top.line("serviceLevel"),
        "serviceLevel",
        "expedited shipping is for returns within the United States; the device is returned by"
            + " standard shipping");
    return ServiceLevel.STANDARD;
  }

  private @Nullable Customs customs(Fields top, Fields address, Country country) {
    boolean needed = address.has("country") && CustomsReader.areNeeded(facility.country(), country);
    if (!top.has("customs")) {
      if (needed && !top.wasRefused("customs")) {
        findings.fault(
            FaultClass.MISSING_CUSTOMS,
            address.line("country"),
            "customs",
            "it is missing; the device is sent to %s and goes back to %s"
                .formatted(facility.country().name(), country.name()));
      }
      return null;
    }
    Fields fields =
        sections.read(Section.CUSTOMS, top.block("customs"), top.line("customs"), needed);
    CustomsReader customs = new CustomsReader(findings);
    if (needed) {
      customs.checkEncryption(fields, CustomsReader.isAmerican(facility.country(), country));
    }
    return customs.read(fields);
  }
}
