package org.diskferry.tool.disk;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.Node;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.tool.screen.Bar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.ObjectMapper;

/// `disk list DEVICE`: every live regular file of a device.
@Command(
    name = "list",
    description =
        "Lists the files of a disk or an image: path, size, MD5 (with --md5), and the "
            + "time of the last change in whole seconds since 1970, UTC. Only live regular "
            + "files are listed. What could not be read is told on standard error, and the exit "
            + "code is 1.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  disk list /dev/sdb", "  disk list customer.img --md5 --format json"})
final class DiskList implements Callable<Integer> {
  /// Large enough for the speed of any disk.
  private static final int STEP = 4 << 20;

  /// How the rows are written.
  enum Format {
    /// Columns separated by tabs; a tab, CR or LF in a path is written as `\t`, `\r`, `\n`.
    tsv,
    /// One JSON object a line.
    json
  }

  @Parameters(paramLabel = "DEVICE", description = "a disk or an image")
  private Path device = Path.of("");

  @Option(names = "--md5", description = "read every file and show its MD5")
  private boolean md5;

  @Option(names = "--format", paramLabel = "FORMAT", description = "tsv (default) or json")
  private Format format = Format.tsv;

  @Mixin private HintsOption hints = new HintsOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Opening opening;
  private final ObjectMapper mapper = new ObjectMapper();
  private int troubles;
  private long bytesDone;
  private long bytesAll;

  DiskList() {
    this(Devices::openForReading);
  }

  DiskList(Opening opening) {
    this.opening = opening;
  }

  @Override
  public Integer call() throws IOException, MediaException {
    try (OpenDisk disk = OpenDisk.of(device, opening, hints);
        Bar bar = Bar.ofBytes("reading", InstantSource.system())) {
      DeviceStack stack = disk.stack();
      // Of a disk with a container, what is in that.
      List<DataVolume> volumes =
          stack.volumes().stream().filter(volume -> !volume.beside()).toList();
      if (volumes.isEmpty()) {
        trouble(device + ": no file system that can be read");
      }
      stack.unread().forEach(this::trouble);
      disk.missing().ifPresent(this::trouble);
      for (DataVolume volume : volumes) {
        String prefix = volumes.size() > 1 ? "p" + volume.number() + "/" : "";
        list(volume, prefix, bar);
      }
    }
    spec.commandLine().getOut().flush();
    return troubles == 0 ? 0 : 1;
  }

  private void list(DataVolume volume, String prefix, Bar bar) throws MediaException {
    Listing listing = Listing.of(volume.tree());
    bytesAll += md5 ? listing.fileBytes() : 0;
    listing.walk(
        volume.tree().root(),
        (path, node) -> {
          if (node.kind() == Node.Kind.FILE) {
            row(volume, prefix + path, node, bar);
          }
        });
    for (Damage damage : listing.damages()) {
      trouble(prefix + damage.reason());
    }
  }

  private void row(DataVolume volume, String path, Node node, Bar bar) throws MediaException {
    try {
      print(path, node, md5 ? digest(volume, node, bar) : "");
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      trouble(path + ": " + e.getMessage());
    }
  }

  private String digest(DataVolume volume, Node node, Bar bar) throws MediaException {
    MessageDigest digest = newMd5();
    ContentReader reader = new ContentReader(volume.bytes(), volume.tree().content(node));
    // Content that cannot be had has no size: asking for none of it still tells why.
    reader.read(0, ByteBuffer.allocate(0));
    ByteBuffer step = ByteBuffer.allocate((int) Math.min(STEP, Math.max(1, reader.size())));
    for (long at = 0; at < reader.size(); at += step.limit()) {
      step.clear().limit((int) Math.min(step.capacity(), reader.size() - at));
      reader.read(at, step);
      digest.update(step.flip());
      bytesDone += step.limit();
      bar.at(bytesDone, bytesAll);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private void print(String path, Node node, String digest) {
    PrintWriter out = spec.commandLine().getOut();
    long seconds = node.modified().getEpochSecond();
    switch (format) {
      case tsv ->
          out.print(escape(path) + "\t" + node.size() + "\t" + digest + "\t" + seconds + "\n");
      case json -> {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("path", path);
        row.put("size", node.size());
        if (md5) {
          row.put("md5", digest);
        }
        row.put("mtime", seconds);
        out.print(mapper.writeValueAsString(row) + "\n");
      }
    }
  }

  private static String escape(String path) {
    return path.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
  }

  private void trouble(String message) {
    troubles++;
    spec.commandLine().getErr().println("diskferry: " + message);
  }
}
