package org.diskferry.app.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diskferry.store.BucketName;
import org.diskferry.store.StoredObject;
import org.diskferry.tool.screen.Sizes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A plan for people, who put its parts into manifests, and for programs.
///
/// @param bucket that is split
/// @param prefix only keys that begin so; empty for all
/// @param targetDirectory as it was asked for; null for the bucket's name
record PlanText(BucketName bucket, String prefix, @Nullable String targetDirectory) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// The `operations` of each disk's manifest, with a comment above.
  List<String> manifests(List<PlannedDisk> disks) {
    List<String> lines = new ArrayList<>();
    for (PlannedDisk disk : disks) {
      lines.add(
          String.format(
              Locale.ROOT,
              "# Disk %d of %d: %d objects, %s, %.1f %% full",
              disks.indexOf(disk) + 1,
              disks.size(),
              disk.objects(),
              Sizes.of(disk.bytes()),
              100 * disk.full()));
      lines.add("operations:");
      for (Map<String, String> operation : operations(disk)) {
        String before = "  - ";
        for (Map.Entry<String, String> field : operation.entrySet()) {
          lines.add(before + field.getKey() + ": " + quoted(field.getValue()));
          before = "    ";
        }
      }
      lines.add("");
    }
    return lines;
  }

  private List<Map<String, String>> operations(PlannedDisk disk) {
    return disk.ranges().stream().map(this::operation).toList();
  }

  private Map<String, String> operation(PlannedDisk.Range range) {
    Map<String, String> operation = new LinkedHashMap<>();
    operation.put("exportBucket", bucket.value());
    if (!prefix.isEmpty()) {
      operation.put("prefix", prefix);
    }
    if (!range.beginMarker().isEmpty()) {
      operation.put("beginMarker", range.beginMarker());
    }
    operation.put("endMarker", range.endMarker());
    if (targetDirectory != null) {
      operation.put("targetDirectory", targetDirectory);
    }
    return operation;
  }

  // YAML 1.2, 7.3.1: whatever a key is made of, it is one line that no reader takes for anything
  // else.
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            quoted.append('\\').appendCodePoint(c);
          } else if (isPlain(c)) {
            quoted.appendCodePoint(c);
          } else {
            quoted.append(String.format(Locale.ROOT, c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
          }
        });
    return quoted.append('"').toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      case Character.UNASSIGNED, Character.PRIVATE_USE -> false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  /// All of it in one object.
  String json(List<PlannedDisk> disks, List<StoredObject> leftOut) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("bucket", bucket.value());
    plan.put("prefix", prefix);
    plan.put("disks", disks.stream().map(this::values).toList());
    plan.put(
        "leftOut",
        leftOut.stream()
            .map(object -> Map.of("key", object.key().value(), "size", object.size()))
            .toList());
    return JSON.writeValueAsString(plan);
  }

  private Map<String, Object> values(PlannedDisk disk) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("objects", disk.objects());
    values.put("bytes", disk.bytes());
    values.put("full", Math.round(disk.full() * 10_000) / 10_000.0);
    values.put("operations", operations(disk));
    return values;
  }
}
