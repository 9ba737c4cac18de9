package org.diskferry.job.manifest;

/// A text made from another one by small repairs, that still knows where each of its characters
/// came from.
final class SourceText {
  private final String text;
  private final int[] origins;

  private SourceText(String text, int[] origins) {
    this.text = text;
    this.origins = origins;
  }

  /// A text as it is.
  static SourceText of(String original) {
    Editor editor = new Editor(original.length());
    for (int i = 0; i < original.length(); i++) {
      editor.append(original.charAt(i), i);
    }
    return editor.finish(original.length());
  }

  String text() {
    return text;
  }

  int length() {
    return text.length();
  }

  char charAt(int index) {
    return text.charAt(index);
  }

  /// Where in the original the character at this index came from; of what was put in, where the
  /// next one came from.
  int origin(int index) {
    return origins[index];
  }

  /// Makes a text from this one.
  Editor edit() {
    // repairs put in a character or two a line
    return new Editor(text.length() + text.length() / 2 + 2);
  }

  /// Collects characters with their origins.
  static final class Editor {
    private final StringBuilder text;
    private int[] origins;

    private Editor(int expected) {
      text = new StringBuilder(expected);
      origins = new int[expected + 1];
    }

    void append(char c, int origin) {
      reserve();
      origins[text.length()] = origin;
      text.append(c);
    }

    /// Copies a stretch of another text.
    void copy(SourceText from, int start, int end) {
      for (int i = start; i < end; i++) {
        append(from.charAt(i), from.origin(i));
      }
    }

    SourceText finish(int originalLength) {
      reserve();
      origins[text.length()] = originalLength;
      return new SourceText(text.toString(), origins);
    }

    private void reserve() {
      if (text.length() >= origins.length) {
        origins = java.util.Arrays.copyOf(origins, 2 * origins.length);
      }
    }
  }
}
