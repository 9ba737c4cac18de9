package org.diskferry.job.naming;

import java.util.regex.Pattern;

/// A customer's regular expression that cannot run away: a search that looks at characters more
/// often than is plausible is given up. Counting looks, not seconds, makes the answer the same on
/// every machine and at every try.
final class PathPattern {
  /// Looks at characters that any search may take: over within a millisecond.
  private static final long LOOKS = 100_000;

  /// Looks per square of the path's length that are added to that. A search for `.*x$` that finds
  /// nothing takes two; with four it reaches the longest paths that disks have.
  private static final long LOOKS_PER_SQUARE = 4;

  private final Pattern pattern;

  PathPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /// Whether it is found anywhere in the path.
  boolean isFoundIn(String path) throws TooCostlyException {
    try {
      return pattern.matcher(new Counted(path, 0, path.length(), new Looks(path))).find();
    } catch (OutOfLooks | StackOverflowError e) {
      throw new TooCostlyException(pattern.pattern(), e);
    }
  }

  /// The search was given up.
  static final class TooCostlyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String pattern;

    TooCostlyException(String pattern, Throwable cause) {
      super("the search for " + pattern + " was given up", cause);
      this.pattern = pattern;
    }

    /// For people.
    String reason() {
      return "the search for the ignore pattern %s in this path takes too many steps and was given up"
          .formatted(pattern);
    }
  }

  /// Thrown through the matcher, which knows no checked exceptions; without a stack trace, since a
  /// hostile manifest makes one for every file.
  private static final class OutOfLooks extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfLooks() {
      super("out of looks", null, false, false);
    }
  }

  private static final class Looks {
    private long left;

    Looks(String path) {
      left = LOOKS + LOOKS_PER_SQUARE * path.length() * path.length();
    }

    void spend() {
      if (--left < 0) {
        throw new OutOfLooks();
      }
    }
  }

  private record Counted(String text, int from, int to, Looks looks) implements CharSequence {
    @Override
    public char charAt(int index) {
      looks.spend();
      return text.charAt(from + index);
    }

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text, from + start, from + end, looks);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }
}
