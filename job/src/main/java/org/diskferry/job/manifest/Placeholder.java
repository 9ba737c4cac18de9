package org.diskferry.job.manifest;

import java.util.regex.Pattern;

/// What a template has where its user is to put a value: `[Your bucket]`, `***bucket***`,
/// `@BUCKET@`.
final class Placeholder {
  private static final Pattern FORM =
      Pattern.compile("\\[.*]|\\*{3}.*\\*{3}|\\*+|@[^@\\s]+@", Pattern.DOTALL);

  private Placeholder() {}

  static boolean is(Value value) {
    return switch (value) {
      case Value.Text text -> FORM.matcher(text.text().strip()).matches();
      case Value.Items items -> items.inline();
      case Value.Entries _ -> false;
    };
  }
}
