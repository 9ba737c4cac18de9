package org.diskferry.media.fs.hfsplus;

/// The order of names without regard to case, as far as the file system's own names need it:
/// TN1150, "Unicode Subtleties". One of the two is of ASCII and NUL only; against such a name every
/// other character counts as itself.
final class NameOrder {
  private static final int LAST = 0xFFFF;

  private NameOrder() {}

  static int compare(String one, String other) {
    int i = 0;
    int j = 0;
    while (true) {
      while (i < one.length() && isIgnored(one.charAt(i))) {
        i++;
      }
      while (j < other.length() && isIgnored(other.charAt(j))) {
        j++;
      }
      if (i == one.length() || j == other.length()) {
        return Boolean.compare(i < one.length(), j < other.length());
      }
      int order = Integer.compare(folded(one.charAt(i++)), folded(other.charAt(j++)));
      if (order != 0) {
        return order;
      }
    }
  }

  private static int folded(char unit) {
    if (unit == 0) {
      return LAST;
    }
    return unit >= 'A' && unit <= 'Z' ? unit + ('a' - 'A') : unit;
  }

  private static boolean isIgnored(char unit) {
    return (unit >= 0x200C && unit <= 0x200F)
        || (unit >= 0x202A && unit <= 0x202E)
        || (unit >= 0x206A && unit <= 0x206F)
        || unit == 0xFEFF;
  }
}
