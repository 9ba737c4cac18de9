package org.diskferry.depot.s3;

import java.util.EnumMap;
import java.util.Map;

/// A part as a client names it.
///
/// @param number 1 to 10,000
/// @param etag without quotation marks
/// @param checksums that the client says it has
record NamedPart(int number, String etag, Map<ChecksumAlgorithm, String> checksums) {

  static NamedPart of(XmlElement element) throws S3Fault {
    Map<ChecksumAlgorithm, String> checksums = new EnumMap<>(ChecksumAlgorithm.class);
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      element.child(algorithm.element()).ifPresent(sum -> checksums.put(algorithm, sum.text()));
    }
    try {
      int number = Integer.parseInt(element.required("PartNumber").strip());
      return new NamedPart(number, Conditions.bare(element.required("ETag")), checksums);
    } catch (NumberFormatException e) {
      throw new S3Fault(S3Code.MalformedXML, "A part number is not a number.", e);
    }
  }
}
