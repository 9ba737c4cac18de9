package org.diskferry.job.manifest;

import java.util.List;
import java.util.regex.Pattern;

/// Where a secret stands in a manifest, as it was sent.
///
/// @param name of its option
/// @param value what YAML makes of it
/// @param raw what stands there, quotes included
/// @param from index into the manifest as it was sent
/// @param to index behind it
/// @param line counted from 1
/// @param isCut whether a comment that begins right behind a blank may have been meant as part of
///   it
record HiddenValue(
    String name, String value, String raw, int from, int to, int line, boolean isCut) {

  /// `a #b`: who writes comments leaves a blank behind the sign, who has the sign in a password
  /// does not.
  private static final Pattern CUT = Pattern.compile("[ \\t]+#\\S.*");

  @Override
  public String toString() {
    return "HiddenValue[" + name + ", line " + line + "]";
  }

  /// All that a manifest has.
  static List<HiddenValue> in(ManifestText manifest) {
    return manifest.root().entries().stream()
        .filter(entry -> Options.isHidden(entry.name().text()))
        .filter(entry -> entry.value() instanceof Value.Text)
        .map(entry -> of(manifest.source(), entry.name(), (Value.Text) entry.value()))
        .toList();
  }

  private static HiddenValue of(SourceText source, Value.Text name, Value.Text value) {
    String text = source.text();
    int from = value.span().from();
    int to = value.span().to();
    while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    String raw = text.substring(from, to);
    int end = endOfLine(text, to);
    boolean cut = CUT.matcher(text.substring(to, end).stripTrailing()).matches();
    if (cut) {
      to = to + text.substring(to, end).stripTrailing().length();
      while (Character.isWhitespace(text.charAt(from))) {
        from++;
      }
    }
    return new HiddenValue(
        name.text(), value.text(), raw, source.origin(from), source.origin(to), name.line(), cut);
  }

  private static int endOfLine(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
      i++;
    }
    return i;
  }

  /// Whether something stands there.
  boolean isThere() {
    return to > from;
  }

  /// Whether YAML makes something else of what stands there than most people would.
  boolean isAltered() {
    String inner = raw;
    boolean quoted =
        raw.length() > 1
            && raw.charAt(0) == raw.charAt(raw.length() - 1)
            && "\"'".indexOf(raw.charAt(0)) >= 0;
    if (quoted) {
      inner = raw.substring(1, raw.length() - 1);
    }
    return !inner.equals(value);
  }
}
