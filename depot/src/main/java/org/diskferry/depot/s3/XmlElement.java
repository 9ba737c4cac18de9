package org.diskferry.depot.s3;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An element of a document that a client sent, without prefixes.
///
/// @param name local name
/// @param attributes names without prefix, to values
/// @param text directly in it
/// @param children in order
record XmlElement(
    String name, Map<String, String> attributes, String text, List<XmlElement> children) {

  Optional<XmlElement> child(String wanted) {
    return children.stream().filter(child -> child.name().equals(wanted)).findFirst();
  }

  List<XmlElement> all(String wanted) {
    return children.stream().filter(child -> child.name().equals(wanted)).toList();
  }

  /// Text of a child, empty where there is none.
  String value(String wanted) {
    return child(wanted).map(XmlElement::text).orElse("");
  }

  /// Text of a child that must be there.
  String required(String wanted) throws S3Fault {
    return child(wanted)
        .map(XmlElement::text)
        .orElseThrow(() -> new S3Fault(S3Code.MalformedXML, wanted + " is missing"));
  }
}
