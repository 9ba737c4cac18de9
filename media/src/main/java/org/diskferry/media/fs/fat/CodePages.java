package org.diskferry.media.fs.fat;

import java.nio.charset.Charset;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The OEM code pages of DOS and Windows, in which FAT keeps short names and labels without saying
/// which. Microsoft, "Code Page Identifiers", those that are some system's OEM code page.
public final class CodePages {
  private static final Map<Integer, String> CHARSETS =
      Collections.unmodifiableMap(
          new TreeMap<>(
              Map.ofEntries(
                  Map.entry(437, "IBM437"),
                  Map.entry(737, "x-IBM737"),
                  Map.entry(775, "IBM775"),
                  Map.entry(850, "IBM850"),
                  Map.entry(852, "IBM852"),
                  Map.entry(855, "IBM855"),
                  Map.entry(857, "IBM857"),
                  Map.entry(858, "IBM00858"),
                  Map.entry(860, "IBM860"),
                  Map.entry(861, "IBM861"),
                  Map.entry(862, "IBM862"),
                  Map.entry(863, "IBM863"),
                  Map.entry(864, "IBM864"),
                  Map.entry(865, "IBM865"),
                  Map.entry(866, "IBM866"),
                  Map.entry(869, "IBM869"),
                  Map.entry(874, "x-windows-874"),
                  Map.entry(932, "windows-31j"),
                  Map.entry(936, "GBK"),
                  Map.entry(949, "x-windows-949"),
                  Map.entry(950, "x-windows-950"),
                  Map.entry(1258, "windows-1258"))));

  private CodePages() {}

  /// Their numbers, ascending.
  public static Set<Integer> numbers() {
    return CHARSETS.keySet();
  }

  /// The code page of this number; empty where it is none of them.
  public static Optional<Charset> of(int number) {
    return Optional.ofNullable(CHARSETS.get(number)).map(Charset::forName);
  }
}
