package org.diskferry.store.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An element of an answer: its name without prefix, its text, its children. Attributes are not
/// kept; no store says anything in them.
final class XmlElement {
  private final String name;
  private final StringBuilder text = new StringBuilder();
  private final List<XmlElement> children = new ArrayList<>();

  XmlElement(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(XmlElement child) {
    children.add(child);
  }

  void append(String more) {
    text.append(more);
  }

  String text() {
    return text.toString();
  }

  List<XmlElement> all(String childName) {
    return children.stream().filter(child -> child.name.equals(childName)).toList();
  }

  /// Text of the first child of this name; empty where there is none.
  String text(String childName) {
    return first(childName).map(XmlElement::text).orElse("");
  }

  Optional<XmlElement> first(String childName) {
    for (XmlElement child : children) {
      if (child.name.equals(childName)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }
}
