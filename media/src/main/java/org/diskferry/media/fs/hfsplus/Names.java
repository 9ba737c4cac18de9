package org.diskferry.media.fs.hfsplus;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import org.diskferry.media.fs.FileName;

/// Names as a person sees them: composed (NFC), and `:` where the disk has `/`.
///
/// The disk holds names decomposed by Apple's tables, which leave three ranges as they are: what
/// the disk tells apart there would become one name if all were composed. So a part of a name is
/// composed only where decomposing it again, by those tables, gives what the disk holds: two names
/// that macOS could write and that differ on the disk never become one.
final class Names {
  /// What macOS itself calls the stream that a resource fork is.
  private static final String RESOURCE_FORK = ":com.apple.ResourceFork";

  private Names() {}

  static FileName shown(String stored) {
    return FileName.ofUtf16(text(stored));
  }

  /// Of the resource fork of the file that is `stored`.
  static FileName ofResourceFork(String stored) {
    return FileName.ofUtf16(text(stored) + RESOURCE_FORK);
  }

  static String text(String stored) {
    return composed(stored).replace('/', ':');
  }

  private static String composed(String stored) {
    if (Normalizer.isNormalized(stored, Form.NFC)) {
      return stored;
    }
    String whole = Normalizer.normalize(stored, Form.NFC);
    return decomposed(whole).equals(stored) ? whole : composedByParts(stored);
  }

  private static String composedByParts(String stored) {
    StringBuilder name = new StringBuilder();
    int start = 0;
    while (start < stored.length()) {
      int end = start + Character.charCount(stored.codePointAt(start));
      while (end < stored.length() && continues(stored.codePointAt(end))) {
        end += Character.charCount(stored.codePointAt(end));
      }
      String part = stored.substring(start, end);
      String whole = Normalizer.normalize(part, Form.NFC);
      name.append(decomposed(whole).equals(part) ? whole : part);
      start = end;
    }
    return name.toString();
  }

  // Marks, and the later letters of a Korean syllable.
  private static boolean continues(int point) {
    boolean isJamo = point >= 0x1160 && point <= 0x11FF;
    return isJamo
        || switch (Character.getType(point)) {
          case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.ENCLOSING_MARK ->
              true;
          default -> false;
        };
  }

  /// As macOS would store it.
  static String decomposed(String name) {
    StringBuilder stored = new StringBuilder();
    int plainFrom = 0;
    for (int at = 0; at < name.length(); ) {
      int point = name.codePointAt(at);
      int next = at + Character.charCount(point);
      if (isLeftAlone(point)) {
        stored.append(Normalizer.normalize(name.substring(plainFrom, at), Form.NFD));
        stored.appendCodePoint(point);
        plainFrom = next;
      }
      at = next;
    }
    return stored.append(Normalizer.normalize(name.substring(plainFrom), Form.NFD)).toString();
  }

  private static boolean isLeftAlone(int point) {
    return (point >= 0x2000 && point <= 0x2FFF)
        || (point >= 0xF900 && point <= 0xFAFF)
        || (point >= 0x2F800 && point <= 0x2FAFF);
  }
}
