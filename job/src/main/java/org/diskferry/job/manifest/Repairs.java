package org.diskferry.job.manifest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Mends what people's editors and old templates do to a manifest, line by line, without touching
/// what YAML understands.
///
/// * [#blanks]: no byte order mark; no-break spaces and tabs where blanks are meant. Always done.
/// * [#shorthand]: a blank after the colon of a known option, quotes round what a known option has
///   in place of a value (`***…***`, `@…@`), and `\$` between double quotes as `$`. Only done where
///   the text makes no sense without.
final class Repairs {
  private static final char MARK = '\uFEFF';
  private static final String BLANK = "[ \\t\\u00A0]";

  /// Indentation and dash, name, blanks, colon, blanks.
  private static final Pattern LINE =
      Pattern.compile(
          "([ \\u00A0]*(?:-" + BLANK + "+)?)([A-Za-z0-9_.$-]*)(" + BLANK + "*:" + BLANK + "*)?");

  private static final Pattern PLACEHOLDER =
      Pattern.compile("(\\*+|\\*{3}.*\\*{3}|@[^@\\s]+@)(?:\\s+#.*)?");

  private Repairs() {}

  static SourceText blanks(SourceText source) {
    SourceText.Editor edited = source.edit();
    int start = !source.text().isEmpty() && source.charAt(0) == MARK ? 1 : 0;
    while (start < source.length()) {
      int end = endOfLine(source, start);
      blanksOfLine(source, start, end, edited);
      start = end;
    }
    return edited.finish(source.origin(source.length()));
  }

  private static void blanksOfLine(
      SourceText source, int start, int end, SourceText.Editor edited) {
    String line = source.text().substring(start, end);
    Matcher head = LINE.matcher(line);
    int headEnd = head.lookingAt() ? head.end() : 0;
    int tail = line.length();
    while (tail > headEnd && Character.isWhitespace(blank(line.charAt(tail - 1)))) {
      tail--;
    }
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      edited.append(i < headEnd || i >= tail ? blank(c) : c, source.origin(start + i));
    }
  }

  private static char blank(char c) {
    return c == '\u00A0' || c == '\t' ? ' ' : c;
  }

  static SourceText shorthand(SourceText source) {
    SourceText.Editor edited = source.edit();
    int start = 0;
    while (start < source.length()) {
      int end = endOfLine(source, start);
      shorthandOfLine(source, start, end, edited);
      start = end;
    }
    return edited.finish(source.origin(source.length()));
  }

  private static void shorthandOfLine(
      SourceText source, int start, int end, SourceText.Editor edited) {
    String line = source.text().substring(start, end);
    Matcher head = LINE.matcher(line);
    if (!head.lookingAt() || head.group(3) == null || !Options.isKnown(head.group(2))) {
      unescape(source, start, end, edited);
      return;
    }
    int value = start + head.end();
    edited.copy(source, start, value);
    String rest = line.substring(head.end()).strip();
    if (!rest.isEmpty() && head.group(3).endsWith(":")) {
      edited.append(' ', source.origin(value));
    }
    Matcher placeholder = PLACEHOLDER.matcher(rest);
    if (placeholder.matches()) {
      int valueEnd = value + placeholder.end(1);
      edited.append('"', source.origin(value));
      edited.copy(source, value, valueEnd);
      edited.append('"', source.origin(valueEnd));
      edited.copy(source, valueEnd, end);
    } else {
      unescape(source, value, end, edited);
    }
  }

  /// Copies a stretch of a line with `\$` between double quotes as `$`.
  private static void unescape(SourceText source, int start, int end, SourceText.Editor edited) {
    boolean quoted = false;
    int i = start;
    while (i < end) {
      char c = source.charAt(i);
      quoted ^= c == '"';
      if (quoted && c == '\\' && i + 1 < end) {
        if (source.charAt(i + 1) != '$') {
          edited.append(c, source.origin(i));
        }
        i++;
      }
      edited.append(source.charAt(i), source.origin(i));
      i++;
    }
  }

  private static int endOfLine(SourceText source, int start) {
    int i = start;
    while (i < source.length() && source.charAt(i) != '\n' && source.charAt(i) != '\r') {
      i++;
    }
    boolean both = source.text().startsWith("\r\n", i);
    return Math.min(source.length(), i + (both ? 2 : 1));
  }
}
