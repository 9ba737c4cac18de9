package org.diskferry.job.manifest;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// Says in the manifest's terms why a text is no YAML. The parser's own words are not repeated:
/// they cite the text, and the text may hold a secret.
final class YamlTrouble {
  private static final String CANNOT_BEGIN = "@`%*&!|>,]}";

  private YamlTrouble() {}

  static MalformedException explain(SourceText source, MarkedYamlEngineException trouble) {
    int line = line(trouble);
    String text = source.text().lines().skip(line - 1L).findFirst().orElse("");
    return new MalformedException(line, cause(text));
  }

  /// A key without its colon is noticed only at what follows; the context is where it began.
  private static int line(MarkedYamlEngineException trouble) {
    Optional<Mark> context = trouble.getContextMark();
    boolean simpleKey = String.valueOf(trouble.getContext()).contains("simple key");
    Optional<Mark> place = simpleKey && context.isPresent() ? context : trouble.getProblemMark();
    return place.map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static String cause(String line) {
    if (line.stripLeading().length() < line.length()
        && line.substring(0, indent(line)).contains("\t")) {
      return "the line is indented with a tab; use blanks";
    }
    int colon = line.indexOf(':');
    if (colon < 0) {
      return "this is neither an option nor an item of a list; an option is written name: value";
    }
    String value = line.substring(colon + 1).strip();
    if (!value.isEmpty() && CANNOT_BEGIN.indexOf(value.charAt(0)) >= 0) {
      return "a value cannot begin with %s; enclose it in double quotes".formatted(value.charAt(0));
    }
    if (colon + 1 < line.length() && !Character.isWhitespace(line.charAt(colon + 1))) {
      return "a blank is missing after the colon";
    }
    if (value.contains(": ") || value.endsWith(":")) {
      return "the value has a colon in it; enclose it in double quotes";
    }
    return "this is no YAML; look at indentation, quotes and brackets here and in the line before";
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
