package org.diskferry.job.manifest;

import java.util.List;

/// A node of a manifest: text, a list or named values, each with its place in the text. Every
/// scalar is text, as it is written: `0123` keeps its zero.
sealed interface Value {

  /// Where in the text it is.
  Span span();

  /// Whether it says nothing: an empty scalar, a list or a mapping of nothing.
  boolean isEmpty();

  /// What it is, for people.
  String kind();

  /// The line it begins in.
  default int line() {
    return span().line();
  }

  /// A place: from (included), to (excluded) as indices into the text that was parsed, and the line
  /// counted from 1.
  record Span(int from, int to, int line) {}

  /// A scalar.
  ///
  /// @param plain whether it stands there without quotes
  record Text(String text, boolean plain, Span span) implements Value {
    @Override
    public boolean isEmpty() {
      return text.isBlank();
    }

    @Override
    public String kind() {
      return "a text";
    }

    /// Without the text, which may be a secret.
    @Override
    public String toString() {
      return "Text[" + span + "]";
    }
  }

  /// A list.
  ///
  /// @param inline whether it is written with brackets
  record Items(List<Value> items, boolean inline, Span span) implements Value {
    @Override
    public boolean isEmpty() {
      return items.isEmpty();
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /// Named values, no name twice, in their order.
  record Entries(List<Entry> entries, Span span) implements Value {
    @Override
    public boolean isEmpty() {
      return entries.isEmpty();
    }

    @Override
    public String kind() {
      return "a block of options";
    }
  }

  /// A name and its value.
  record Entry(Text name, Value value) {}
}
