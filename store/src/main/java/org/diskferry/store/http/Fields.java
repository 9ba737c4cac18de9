package org.diskferry.store.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diskferry.access.signing.Header;

/// The header fields of an answer, in the order sent.
public record Fields(List<Header> all) {

  /// Copies the list.
  public Fields {
    all = List.copyOf(all);
  }

  /// The value of the first field of this name, in any case.
  public Optional<String> first(String name) {
    for (Header header : all) {
      if (header.name().equalsIgnoreCase(name)) {
        return Optional.of(header.value());
      }
    }
    return Optional.empty();
  }

  /// Whether a field of this name holds this word, alone or in a list.
  boolean lists(String name, String word) {
    for (Header header : all) {
      if (header.name().equalsIgnoreCase(name)) {
        for (String item : header.value().split(",", -1)) {
          if (item.strip().equalsIgnoreCase(word)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// All values of a name, in the order sent.
  List<String> values(String name) {
    List<String> values = new ArrayList<>();
    for (Header header : all) {
      if (header.name().equalsIgnoreCase(name)) {
        values.add(header.value());
      }
    }
    return values;
  }
}
