package org.diskferry.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/// Forms of keys that some stores cannot hold, mostly those that keep objects in a file system. The
/// protocol allows them all.
public enum KeyForm {
  /// Two slashes in a row, or one in front.
  EMPTY_SEGMENT("a//b"),
  /// A segment that is `.` or `..`.
  DOT_SEGMENT("a/../b/./c"),
  /// A slash at the end, and bytes nevertheless.
  TRAILING_SLASH("a/"),
  /// A segment that is no name of a file: over 255 bytes.
  LONG_SEGMENT("a".repeat(256)),
  /// Near the most that a key may have.
  LONG_KEY("abcdefg/".repeat(120) + "a"),
  /// Characters below the blank, and the one at 127.
  CONTROL("a\u0001b\tc\nd"),
  /// A backslash.
  BACKSLASH("a\\b"),
  /// A blank in front or at the end.
  OUTER_BLANK("a "),
  /// A percent sign, which must not be decoded twice.
  PERCENT("a%2Fb%zz"),
  /// Letters beyond ASCII.
  LETTERS("\u00e9e\u0301/\uFF5E"),
  /// Characters beyond the first 65,536.
  BEYOND_BMP("\uD83D\uDE00"),
  /// An object whose key, with a slash behind it, begins that of another. No key alone has it.
  ALSO_FOLDER("a");

  private final String example;

  KeyForm(String example) {
    this.example = example;
  }

  /// A key of this form; it keeps the form behind a prefix that ends with a slash.
  public String example() {
    return example;
  }

  /// All forms that a key has; none for most keys.
  public static Set<KeyForm> of(ObjectKey key) {
    Set<KeyForm> forms = EnumSet.noneOf(KeyForm.class);
    for (KeyForm form : values()) {
      if (form.isOf(key.value())) {
        forms.add(form);
      }
    }
    return forms;
  }

  private boolean isOf(String key) {
    return switch (this) {
      case EMPTY_SEGMENT -> key.startsWith("/") || key.contains("//");
      case DOT_SEGMENT -> segments(key).anyMatch(s -> s.equals(".") || s.equals(".."));
      case TRAILING_SLASH -> key.endsWith("/");
      case LONG_SEGMENT -> segments(key).anyMatch(s -> length(s) > 255);
      case LONG_KEY -> length(key) > 900;
      case CONTROL -> key.chars().anyMatch(c -> c < ' ' || c == 0x7F);
      case BACKSLASH -> key.indexOf('\\') >= 0;
      case OUTER_BLANK -> key.startsWith(" ") || key.endsWith(" ");
      case PERCENT -> key.indexOf('%') >= 0;
      case LETTERS -> key.chars().anyMatch(c -> c > 0x7F);
      case BEYOND_BMP -> key.chars().anyMatch(c -> c >= 0xD800 && c < 0xE000);
      case ALSO_FOLDER -> false;
    };
  }

  private static Stream<String> segments(String key) {
    return Arrays.stream(key.split("/", -1));
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
