package org.diskferry.tool.disk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.partition.Partition;
import org.diskferry.media.stack.Contents;
import org.diskferry.media.stack.Contents.Part;

/// The layers of a device as plain values, for JSON.
final class LayerValues {
  private LayerValues() {}

  static Map<String, Object> of(Contents contents) throws MediaException {
    Map<String, Object> values = new LinkedHashMap<>();
    switch (contents) {
      case Contents.Partitioned(var table, var parts) -> {
        values.put("kind", "partitions");
        values.put("scheme", table.scheme().word());
        values.put("unit", table.unit());
        values.put("remarks", table.remarks());
        List<Map<String, Object>> all = new ArrayList<>();
        for (Part part : parts) {
          all.add(of(part));
        }
        values.put("partitions", all);
      }
      case Contents.Encrypted(var volume, var inside) -> {
        values.put("kind", "encrypted");
        values.put("program", volume.program().word());
        values.put("cipher", volume.cipher());
        values.put("hash", volume.hash());
        values.put("remark", volume.remark());
        values.put("start", volume.start());
        values.put("size", volume.bytes().size());
        values.put("contents", of(inside));
      }
      case Contents.Container(var host, var name, var inside) -> {
        addFiles(host.tree(), values);
        values.put("container", name);
        values.put("contents", of(inside));
      }
      case Contents.Files files -> addFiles(files.tree(), values);
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
      case Contents.Unknown(var refused) -> {
        values.put("kind", "unknown");
        values.put("passwordRefused", refused);
      }
    }
    return values;
  }

  private static void addFiles(FileTree tree, Map<String, Object> values) throws MediaException {
    Volume volume = tree.volume();
    values.put("kind", "files");
    values.put("format", volume.format());
    values.put("label", volume.label());
    values.put("uuid", volume.uuid());
    values.put("blockSize", volume.blockSize());
    values.put("size", volume.size());
    values.put("used", volume.used());
    values.put("state", volume.state().name());
    try {
      FileCount count = FileCount.of(tree);
      values.put("files", count.files());
      values.put("fileBytes", count.bytes());
      values.put("damages", count.damages());
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      values.put("unreadable", e.getMessage());
    }
  }

  private static Map<String, Object> of(Part part) throws MediaException {
    Partition partition = part.partition();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("number", partition.number());
    values.put("role", partition.role().name());
    values.put("type", partition.type());
    values.put("name", partition.name());
    values.put("start", partition.start());
    values.put("size", partition.size());
    values.put("contents", of(part.contents()));
    return values;
  }
}
