package org.diskferry.access.policy;

import java.util.List;

/// A list of patterns, or everything but what they match: `Action` and `NotAction`, `Resource` and
/// `NotResource`.
///
/// @param globs texts in which `*` stands for any characters and `?` for one
/// @param except whether what matches is left out
record Patterns(List<String> globs, boolean except) {

  Patterns {
    globs = List.copyOf(globs);
  }

  boolean match(String text) {
    return globs.stream().anyMatch(glob -> matches(glob, text)) != except;
  }

  /// One pass with one point to return to: a star takes as little as it can, and the last star
  /// alone ever takes more. Never more than the product of both lengths.
  private static boolean matches(String glob, String text) {
    int g = 0;
    int t = 0;
    int star = -1;
    int retry = 0;
    while (t < text.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        retry = t;
      } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == text.charAt(t))) {
        g++;
        t++;
      } else if (star >= 0) {
        g = star + 1;
        t = ++retry;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }
}
