package org.diskferry.tool.disk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.partition.Partition;
import org.diskferry.media.stack.Contents;
import org.diskferry.media.stack.Contents.Part;
import org.diskferry.tool.screen.Sizes;

/// The layers of a device as a tree of lines, and as plain values for JSON.
final class LayerText {
  private final List<String> lines = new ArrayList<>();

  static List<String> tree(String device, Contents contents) {
    LayerText text = new LayerText();
    text.lines.add(device);
    text.add("", contents);
    return text.lines;
  }

  private void add(String indent, Contents contents) {
    if (!(contents instanceof Contents.Partitioned(var table, var parts))) {
      lines.add(indent + "└─ " + oneLine(contents));
      return;
    }
    lines.add(
        "%s└─ %s partition table in sectors of %d"
            .formatted(indent, table.scheme().word(), table.unit()));
    table.remarks().forEach(remark -> lines.add(indent + "   ! " + remark));
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      Part part = parts.get(i);
      lines.add(indent + (last ? "   └─ " : "   ├─ ") + heading(part.partition()));
      add(indent + (last ? "      " : "   │  "), part.contents());
    }
  }

  private static String heading(Partition partition) {
    String name = partition.name().isEmpty() ? "" : " “" + partition.name() + "”";
    return "partition %d%s, %s from byte %d"
        .formatted(partition.number(), name, Sizes.of(partition.size()), partition.start());
  }

  private static String oneLine(Contents contents) {
    return switch (contents) {
      case Contents.Files files -> describe(files.tree().volume());
      case Contents.Damaged(var format, var reason) -> format + ", cannot be read: " + reason;
      case Contents.Unsupported(var name, var advice) -> name + ", not supported: " + advice;
      case Contents.NotData(var what) -> what + ", no place for data";
      case Contents.Empty _ -> "empty";
      case Contents.Unknown _ -> "nothing that is known: damaged, foreign, or encrypted";
      case Contents.Partitioned _ -> throw new IllegalStateException("a table is no single line");
    };
  }

  private static String describe(Volume volume) {
    StringBuilder text = new StringBuilder(volume.format());
    volume.name().ifPresent(label -> text.append(" “").append(label).append("”"));
    text.append(", ").append(Sizes.of(volume.size()));
    if (volume.used() >= 0) {
      text.append(", ").append(Sizes.of(volume.used())).append(" used");
      text.append(", ").append(Sizes.of(volume.size() - volume.used())).append(" free");
    }
    text.append(", blocks of ").append(volume.blockSize());
    if (!volume.uuid().isEmpty()) {
      text.append(", ").append(volume.uuid());
    }
    return text.append(", ").append(state(volume.state())).toString();
  }

  private static String state(Volume.State state) {
    return switch (state) {
      case CLEAN -> "clean";
      case DIRTY -> "not put away properly";
      case REPLAYED -> "journal was pending, replayed in memory";
      case HIBERNATED -> "left by a sleeping system";
    };
  }

  /// The same as values, for JSON.
  static Map<String, Object> values(Contents contents) {
    Map<String, Object> values = new LinkedHashMap<>();
    switch (contents) {
      case Contents.Partitioned(var table, var parts) -> {
        values.put("kind", "partitions");
        values.put("scheme", table.scheme().word());
        values.put("unit", table.unit());
        values.put("remarks", table.remarks());
        values.put("partitions", parts.stream().map(LayerText::values).toList());
      }
      case Contents.Files files -> {
        Volume volume = files.tree().volume();
        values.put("kind", "files");
        values.put("format", volume.format());
        values.put("label", volume.label());
        values.put("uuid", volume.uuid());
        values.put("blockSize", volume.blockSize());
        values.put("size", volume.size());
        values.put("used", volume.used());
        values.put("state", volume.state().name());
      }
      case Contents.Damaged(var format, var reason) -> {
        values.put("kind", "damaged");
        values.put("format", format);
        values.put("reason", reason);
      }
      case Contents.Unsupported(var name, var advice) -> {
        values.put("kind", "unsupported");
        values.put("name", name);
        values.put("advice", advice);
      }
      case Contents.NotData(var what) -> {
        values.put("kind", "no data");
        values.put("what", what);
      }
      case Contents.Empty _ -> values.put("kind", "empty");
      case Contents.Unknown _ -> values.put("kind", "unknown");
    }
    return values;
  }

  private static Map<String, Object> values(Part part) {
    Partition partition = part.partition();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("number", partition.number());
    values.put("role", partition.role().name());
    values.put("type", partition.type());
    values.put("name", partition.name());
    values.put("start", partition.start());
    values.put("size", partition.size());
    values.put("contents", values(part.contents()));
    return values;
  }
}
