package org.diskferry.job.manifest;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// Says in the manifest's terms why a text is no YAML. The parser's own words are not repeated:
/// they cite the text, and the text may hold a secret.
final class YamlTrouble {
  private static final String CANNOT_BEGIN = "@`%*&!|>,]}";
  private static final String OPENS = "\"'[{";

  /// A name, a colon and no blank.
  private static final Pattern TIGHT = Pattern.compile("\\s*(?:- +)?[A-Za-z0-9]+:[^\\s:]");

  private YamlTrouble() {}

  static MalformedException explain(SourceText source, MarkedYamlEngineException trouble) {
    List<String> lines = source.text().lines().toList();
    int line = line(trouble);
    String before = line < 2 || line > lines.size() ? "" : lines.get(line - 2);
    if (!context(trouble).isEmpty() || !TIGHT.matcher(before).lookingAt()) {
      return new MalformedException(line, cause(line > lines.size() ? "" : lines.get(line - 1)));
    }
    // the parser took the line before for the beginning of a name, and noticed only here
    return new MalformedException(line - 1, cause(before));
  }

  /// Where a name lacks its colon, or a quote or bracket its end, the trouble is where it began.
  private static int line(MarkedYamlEngineException trouble) {
    String context = context(trouble);
    boolean begun =
        context.contains("simple key") || context.contains("quoted") || context.contains("flow");
    Optional<Mark> began = trouble.getContextMark();
    Optional<Mark> place = begun && began.isPresent() ? began : trouble.getProblemMark();
    return place.map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static String context(MarkedYamlEngineException trouble) {
    @Nullable String context = trouble.getContext();
    return context == null ? "" : context;
  }

  private static String cause(String line) {
    String indentation = line.substring(0, line.length() - line.stripLeading().length());
    if (indentation.contains("\t")) {
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
    if (TIGHT.matcher(line).lookingAt()) {
      return "a blank is missing after the colon";
    }
    if (!value.isEmpty() && OPENS.indexOf(value.charAt(0)) >= 0) {
      return "what begins with %s here is not ended as it should be".formatted(value.charAt(0));
    }
    if (value.contains(": ") || value.endsWith(":")) {
      return "the value has a colon in it; enclose it in double quotes";
    }
    return "this is no YAML; look at indentation, quotes and brackets here and in the line before";
  }
}
