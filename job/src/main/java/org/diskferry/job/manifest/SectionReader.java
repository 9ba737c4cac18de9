package org.diskferry.job.manifest;

import java.util.Optional;
import java.util.stream.Stream;

/// Holds the options of a section against the table: what is unknown, missing, of the wrong shape
/// or against its rule becomes a fault; what is good is kept.
final class SectionReader {
  /// A manifest of this version was written before some options were.
  private static final String FIRST_VERSION = "1.0";

  private final Kind kind;
  private final String version;
  private final Findings findings;

  SectionReader(Kind kind, String version, Findings findings) {
    this.kind = kind;
    this.version = version;
    this.findings = findings;
  }

  /// Reads a section that begins in a line; `abroad` where its parcel crosses a border.
  Fields read(Section section, Value.Entries entries, int line, boolean abroad) {
    Fields fields = new Fields(line);
    for (Value.Entry entry : entries.entries()) {
      Optional<Option> option = Options.find(section, kind, entry.name().text());
      if (option.isEmpty()) {
        unknown(section, entry.name());
      } else if (fields.saw(option.get().name())) {
        fault(option.get(), entry.name().line(), "it is given twice, once by its old name");
      } else {
        fields.see(option.get().name(), entry.name().line());
        take(option.get(), entry, abroad, fields);
      }
    }
    Options.of(section, kind)
        .filter(option -> !fields.saw(option.name()))
        .forEach(option -> missing(option, line, "it is missing", abroad));
    return fields;
  }

  private void take(Option option, Value.Entry entry, boolean abroad, Fields fields) {
    if (entry.value().isEmpty()) {
      missing(option, entry.name().line(), "it is empty", abroad);
    } else if (isGood(option, entry)) {
      fields.put(
          option.name(), option.form() instanceof Form.Word word ? word.canonical(entry) : entry);
    } else {
      fields.refuse(option.name());
    }
  }

  private void unknown(Section section, Value.Text name) {
    // looking for what was meant takes time, which a hostile manifest would have spent a lot of
    String hint = findings.isFull() ? "" : "; " + meant(section, name.text());
    findings.fault(
        FaultClass.INVALID_FIELD,
        name.line(),
        section.path() + Shown.clip(name.text()),
        "it is no option here" + hint);
  }

  private String meant(Section section, String name) {
    Stream<String> known = Options.of(section, kind).map(Option::name);
    return Options.elsewhere(section, kind, name)
        .or(() -> Nearest.to(name, known).map(near -> "did you mean " + near + "?"))
        .orElse("no option has this name");
  }

  private void missing(Option option, int line, String how, boolean abroad) {
    switch (option.need()) {
      case NEVER -> {}
      case ALWAYS -> findings.fault(option.missing(), line, option.path(), how);
      case ABROAD -> {
        if (abroad) {
          findings.fault(option.missing(), line, option.path(), how);
        }
      }
      case SINCE_1_1 -> {
        boolean old = version.equals(FIRST_VERSION);
        findings.fault(
            old ? FaultClass.INVALID_FIELD : option.missing(),
            line,
            option.path(),
            old ? how + "; a manifest 1.0 is read as 2.0, which needs it" : how);
      }
    }
  }

  private boolean isGood(Option option, Value.Entry entry) {
    Value value = entry.value();
    int line = entry.name().line();
    return switch (option.form()) {
      case Form.Text form ->
          value instanceof Value.Text text
              ? follows(option, line, form.rule(), text)
              : misshapen(option, line, value);
      case Form.Word form ->
          value instanceof Value.Text text
              ? follows(option, line, Rules.words(form.words()), text)
              : misshapen(option, line, value);
      case Form.Hidden form ->
          value instanceof Value.Text text
              ? followsHidden(option, line, form.rule(), text)
              : misshapen(option, line, value);
      case Form.Texts form ->
          value instanceof Value.Items items
              ? areGood(option, line, form, items)
              : misshapen(option, line, value);
      case Form.Pairs form ->
          value instanceof Value.Entries entries
              ? areGood(option, line, form, entries)
              : misshapen(option, line, value);
      case Form.Block _ -> value instanceof Value.Entries || misshapen(option, line, value);
      case Form.Blocks form ->
          (value instanceof Value.Items items && isOfBlocks(items))
              ? isNoMore(option, line, items.items().size(), form.most())
              : misshapen(option, line, value);
    };
  }

  private static boolean isOfBlocks(Value.Items items) {
    return items.items().stream().allMatch(Value.Entries.class::isInstance);
  }

  private boolean follows(Option option, int line, Rule rule, Value.Text text) {
    if (Placeholder.is(text)) {
      return leftIn(option, line, text.text());
    }
    Optional<String> problem = rule.problem(text.text());
    problem.ifPresent(p -> fault(option, line, "%s: %s".formatted(Shown.clip(text.text()), p)));
    return problem.isEmpty();
  }

  private boolean followsHidden(Option option, int line, Rule rule, Value.Text text) {
    if (Masked.isMask(text.text())) {
      fault(option, line, "asterisks stand for a value that is stored, and none is");
      return false;
    }
    if (Placeholder.is(text)) {
      return leftIn(option, line, Masked.MASK);
    }
    Optional<String> problem = rule.problem(text.text());
    problem.ifPresent(p -> fault(option, line, p));
    return problem.isEmpty();
  }

  private boolean areGood(Option option, int line, Form.Texts form, Value.Items items) {
    boolean good = isNoMore(option, line, items.items().size(), form.most());
    for (Value item : items.items()) {
      if (item instanceof Value.Text text) {
        Optional<String> problem = form.rule().problem(text.text());
        problem.ifPresent(
            p -> fault(option, item.line(), "%s: %s".formatted(Shown.clip(text.text()), p)));
        good &= problem.isEmpty();
      } else {
        good = misshapen(option, item.line(), item);
      }
    }
    return good;
  }

  private boolean areGood(Option option, int line, Form.Pairs form, Value.Entries entries) {
    boolean good = isNoMore(option, line, entries.entries().size(), form.most());
    for (Value.Entry pair : entries.entries()) {
      int at = pair.name().line();
      Optional<String> nameProblem = form.name().problem(pair.name().text());
      nameProblem.ifPresent(
          p -> fault(option, at, "%s: %s".formatted(Shown.clip(pair.name().text()), p)));
      boolean follows =
          pair.value() instanceof Value.Text text
              ? follows(option, at, form.value(), text)
              : misshapen(option, at, pair.value());
      good &= nameProblem.isEmpty() && follows;
    }
    return good;
  }

  private boolean isNoMore(Option option, int line, int count, int most) {
    if (count > most) {
      fault(option, line, "it has %d items, and %d is the most".formatted(count, most));
    }
    return count <= most;
  }

  private boolean misshapen(Option option, int line, Value value) {
    if (Placeholder.is(value)) {
      return leftIn(option, line, "[…]");
    }
    fault(option, line, "it is %s where %s belongs".formatted(value.kind(), option.form().shape()));
    return false;
  }

  private boolean leftIn(Option option, int line, String placeholder) {
    findings.fault(
        FaultClass.INVALID_FIELD,
        line,
        option.path(),
        "the placeholder %s is still there; put the value in its place, without brackets or"
                .formatted(Shown.clip(placeholder))
            + " asterisks, or remove the line");
    return false;
  }

  private void fault(Option option, int line, String message) {
    findings.fault(option.invalid(), line, option.path(), message);
  }
}
