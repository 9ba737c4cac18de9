package org.diskferry.job.manifest;

import java.util.List;

/// What shape an option's value has.
sealed interface Form {

  /// For people.
  String shape();

  /// A text.
  record Text(Rule rule) implements Form {
    @Override
    public String shape() {
      return "a text";
    }
  }

  /// One of these words, in any case; it reads as it stands here.
  record Word(List<String> words) implements Form {
    @Override
    public String shape() {
      return "a text";
    }

    /// The entry with the word as it stands here.
    Value.Entry canonical(Value.Entry entry) {
      if (!(entry.value() instanceof Value.Text text)) {
        return entry;
      }
      String word =
          words.stream()
              .filter(text.text().strip()::equalsIgnoreCase)
              .findFirst()
              .orElse(text.text());
      return new Value.Entry(entry.name(), new Value.Text(word, text.plain(), text.span()));
    }
  }

  /// A text that nobody is to see.
  record Hidden(Rule rule) implements Form {
    @Override
    public String shape() {
      return "a text";
    }
  }

  /// A list of texts, one a line behind a dash.
  record Texts(Rule rule, int most) implements Form {
    @Override
    public String shape() {
      return "a list, each item on a line of its own behind a dash and a blank";
    }
  }

  /// Names and texts, which the customer chooses.
  record Pairs(Rule name, Rule value, int most) implements Form {
    @Override
    public String shape() {
      return "indented lines like name: value";
    }
  }

  /// Options of a section.
  record Block(Section section) implements Form {
    @Override
    public String shape() {
      return "indented lines like name: value";
    }
  }

  /// A list of options of a section.
  record Blocks(Section section, int most) implements Form {
    @Override
    public String shape() {
      return "a list, each item behind a dash and a blank, with lines like name: value";
    }
  }
}
