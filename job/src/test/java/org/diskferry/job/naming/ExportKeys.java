package org.diskferry.job.naming;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Keys that no file system likes: forbidden characters, reserved names, twins by case and by
/// Unicode form, empty segments, dots, names that are too long, a file where another key wants a
/// directory.
public final class ExportKeys {

  private ExportKeys() {}

  /// So many different keys, in the order of Java's text.
  public static List<String> some(int count, Random random) {
    List<String> parts =
        List.of(
            "a",
            "A",
            "b",
            "ab",
            "a:b",
            "con",
            "NUL.txt",
            "..",
            ".",
            "",
            " ",
            "x.",
            "ß",
            "é",
            "e\u0301",
            "É",
            "\u0001",
            "日本",
            "😀",
            "*",
            "?",
            "n".repeat(300),
            "EXPORT",
            "0000");
    Set<String> keys = new HashSet<>();
    while (keys.size() < count) {
      List<String> segments = new ArrayList<>();
      int depth = 1 + random.nextInt(4);
      for (int i = 0; i < depth; i++) {
        segments.add(
            parts.get(random.nextInt(parts.size())) + parts.get(random.nextInt(parts.size())));
      }
      String key = String.join("/", segments);
      if (!key.isEmpty() && key.getBytes(UTF_8).length <= 1024) {
        keys.add(key);
      }
    }
    return keys.stream().sorted().toList();
  }
}
