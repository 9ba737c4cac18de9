package org.diskferry.job.manifest;

import java.util.Optional;

/// What a text must be like to be an option's value.
@FunctionalInterface
interface Rule {

  /// What is wrong with it and what would be right, without citing it; empty where nothing is.
  Optional<String> problem(String value);

  /// Both this and another; the first problem counts.
  default Rule and(Rule other) {
    return value -> problem(value).or(() -> other.problem(value));
  }
}
