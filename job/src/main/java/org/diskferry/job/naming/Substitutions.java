package org.diskferry.job.naming;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Replaces parts of a name, as the manifest's `substitutions` says: one pass from left to right,
/// at each place the longest match, and what was replaced is not looked at again.
final class Substitutions {
  private final Map<Character, List<Map.Entry<String, String>>> byFirst = new HashMap<>();

  Substitutions(Map<String, String> fromTo) {
    for (Map.Entry<String, String> rule : fromTo.entrySet()) {
      byFirst.computeIfAbsent(rule.getKey().charAt(0), c -> new ArrayList<>()).add(rule);
    }
    Comparator<Map.Entry<String, String>> shortest =
        Comparator.comparingInt(rule -> rule.getKey().length());
    byFirst.values().forEach(rules -> rules.sort(shortest.reversed()));
  }

  boolean isEmpty() {
    return byFirst.isEmpty();
  }

  String apply(String name) {
    if (isEmpty()) {
      return name;
    }
    StringBuilder replaced = new StringBuilder(name.length());
    int at = 0;
    while (at < name.length()) {
      at += applyAt(name, at, replaced);
    }
    return replaced.toString();
  }

  /// Appends what stands for the name at `at` and returns how much of the name that was.
  private int applyAt(String name, int at, StringBuilder replaced) {
    for (Map.Entry<String, String> rule : byFirst.getOrDefault(name.charAt(at), List.of())) {
      if (name.startsWith(rule.getKey(), at)) {
        replaced.append(rule.getValue());
        return rule.getKey().length();
      }
    }
    replaced.append(name.charAt(at));
    return 1;
  }
}
