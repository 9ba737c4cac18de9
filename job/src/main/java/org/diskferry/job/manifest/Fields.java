package org.diskferry.job.manifest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diskferry.job.Secret;
import org.jspecify.annotations.Nullable;

/// The options of one section that are there and good, by name; what is absent reads as empty.
final class Fields {
  private static final Value.Entries NOTHING =
      new Value.Entries(List.of(), new Value.Span(0, 0, 1));

  private final int line;
  private final Map<String, Value.Entry> entries = new LinkedHashMap<>();
  private final Map<String, Integer> seen = new HashMap<>();
  private final Set<String> refused = new HashSet<>();

  /// With the line in which the section begins.
  Fields(int line) {
    this.line = line;
  }

  /// Where the section begins.
  int line() {
    return line;
  }

  void put(String name, Value.Entry entry) {
    entries.put(name, entry);
  }

  /// Notes where an option is, whatever its value.
  void see(String name, int where) {
    seen.put(name, where);
  }

  /// Notes that an option's value is not good.
  void refuse(String name) {
    refused.add(name);
  }

  /// Whether an option is there and its value is not good.
  boolean wasRefused(String name) {
    return refused.contains(name);
  }

  /// Whether an option is not there, or empty.
  boolean isAbsent(String name) {
    return !has(name) && !wasRefused(name);
  }

  boolean saw(String name) {
    return seen.containsKey(name);
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /// Where an option is; of an absent one, where the section begins.
  int line(String name) {
    return seen.getOrDefault(name, line);
  }

  /// A text exactly as it is.
  String text(String name) {
    return value(name) instanceof Value.Text text ? text.text() : "";
  }

  /// A text without blanks at its ends.
  String stripped(String name) {
    return text(name).strip();
  }

  @Nullable Secret secret(String name) {
    return has(name) ? Secret.of(text(name)) : null;
  }

  List<String> texts(String name) {
    return value(name) instanceof Value.Items items
        ? items.items().stream().map(Fields::textOf).toList()
        : List.of();
  }

  Map<String, String> pairs(String name) {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (value(name) instanceof Value.Entries found) {
      found.entries().forEach(e -> pairs.put(e.name().text(), textOf(e.value())));
    }
    return pairs;
  }

  /// The options inside an option; none where it is absent.
  Value.Entries block(String name) {
    return value(name) instanceof Value.Entries found ? found : NOTHING;
  }

  /// The blocks of a list.
  List<Value.Entries> blocks(String name) {
    return value(name) instanceof Value.Items items
        ? items.items().stream()
            .map(item -> item instanceof Value.Entries block ? block : NOTHING)
            .toList()
        : List.of();
  }

  private @Nullable Value value(String name) {
    Value.Entry entry = entries.get(name);
    return entry == null ? null : entry.value();
  }

  private static String textOf(Value value) {
    return value instanceof Value.Text text ? text.text() : "";
  }
}
