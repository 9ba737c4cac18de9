package org.diskferry.tool.disk;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.crypt.CryptVolume;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.partition.Partition;
import org.diskferry.media.stack.Contents;
import org.diskferry.media.stack.Contents.Part;
import org.diskferry.tool.screen.Sizes;

/// The layers of a device as a tree of lines; what is known of a file system stands below it, one
/// thing a line.
final class LayerText {
  private final List<String> lines = new ArrayList<>();

  static List<String> tree(String device, Contents contents) throws MediaException {
    LayerText text = new LayerText();
    text.lines.add(device);
    text.add("", contents);
    return text.lines;
  }

  private void add(String indent, Contents contents) throws MediaException {
    String below = indent + "   ";
    switch (contents) {
      case Contents.Partitioned(var table, var parts) -> {
        lines.add(
            "%s└─ %s partition table in sectors of %d"
                .formatted(indent, table.scheme().word(), table.unit()));
        table.remarks().forEach(remark -> lines.add(below + "! " + remark));
        addParts(below, parts);
      }
      case Contents.Encrypted(var volume, var inside) -> {
        lines.add(indent + "└─ " + describe(volume));
        add(below, inside);
      }
      case Contents.Container(var host, var name, var inside) -> {
        addFiles(indent, host.tree());
        lines.add(below + "└─ container " + name);
        add(below + "   ", inside);
      }
      case Contents.Files files -> addFiles(indent, files.tree());
      case Contents.Damaged(var format, var reason) ->
          lines.add(indent + "└─ " + format + ", cannot be read: " + reason);
      case Contents.Unsupported(var name, var advice) -> {
        lines.add(indent + "└─ " + name + ", not supported");
        lines.add(below + "advice  " + advice);
      }
      case Contents.NotData(var what) -> lines.add(indent + "└─ " + what + ", no place for data");
      case Contents.Empty _ -> lines.add(indent + "└─ empty");
      case Contents.Unknown(var refused) ->
          lines.add(
              indent
                  + (refused
                      ? "└─ nothing that is known, and the password does not open it"
                      : "└─ nothing that is known: damaged, foreign, or encrypted (no password"
                          + " was tried)"));
    }
  }

  private void addParts(String indent, List<Part> parts) throws MediaException {
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      Part part = parts.get(i);
      lines.add(indent + (last ? "└─ " : "├─ ") + heading(part.partition()));
      add(indent + (last ? "   " : "│  "), part.contents());
    }
  }

  private static String heading(Partition partition) {
    String name = partition.name().isEmpty() ? "" : " “" + partition.name() + "”";
    return "partition %d%s, %s from byte %d"
        .formatted(partition.number(), name, Sizes.of(partition.size()), partition.start());
  }

  private static String describe(CryptVolume volume) {
    String remark = volume.remark().isEmpty() ? "" : ", " + volume.remark();
    return "%s volume, %s, %s, %s from byte %d%s"
        .formatted(
            volume.program().word(),
            volume.cipher(),
            volume.hash(),
            Sizes.of(volume.bytes().size()),
            volume.start(),
            remark);
  }

  private void addFiles(String indent, FileTree tree) throws MediaException {
    Volume volume = tree.volume();
    String below = indent + "   ";
    String label = volume.name().map(name -> " “" + name + "”").orElse("");
    lines.add(indent + "└─ " + volume.format() + label);
    lines.add(
        "%ssize    %s, blocks of %d".formatted(below, Sizes.of(volume.size()), volume.blockSize()));
    if (volume.used() >= 0) {
      lines.add(
          "%sused    %s, %s free"
              .formatted(below, Sizes.of(volume.used()), Sizes.of(volume.size() - volume.used())));
    }
    if (!volume.uuid().isEmpty()) {
      lines.add(below + "UUID    " + volume.uuid());
    }
    lines.add(below + "state   " + state(volume.state()));
    lines.add(below + "holds   " + count(tree));
  }

  private static String state(Volume.State state) {
    return switch (state) {
      case CLEAN -> "clean";
      case DIRTY -> "not put away properly";
      case REPLAYED -> "journal was pending, replayed in memory";
      case HIBERNATED -> "left by a sleeping system";
    };
  }

  private static String count(FileTree tree) throws MediaException {
    try {
      FileCount count = FileCount.of(tree);
      String damaged = count.damages() == 0 ? "" : ", " + count.damages() + " places damaged";
      return "%d files, %s%s".formatted(count.files(), Sizes.of(count.bytes()), damaged);
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      return "files that cannot be listed: " + e.getMessage();
    }
  }
}
