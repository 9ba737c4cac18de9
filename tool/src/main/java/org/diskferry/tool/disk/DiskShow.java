package org.diskferry.tool.disk;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.block.linux.Identity;
import org.diskferry.media.fs.Node;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.tool.screen.Sizes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.ObjectMapper;

/// `disk show DEVICE`: the layers of a device as a tree.
@Command(
    name = "show",
    description = "Shows what a disk or an image is: partitions, file systems, their state.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  disk show /dev/sdb", "  disk show customer.img --json"})
final class DiskShow implements Callable<Integer> {
  @Parameters(paramLabel = "DEVICE", description = "a disk or an image")
  private Path device = Path.of("");

  @Option(names = "--json", description = "as JSON, for scripts")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, MediaException {
    PrintWriter out = spec.commandLine().getOut();
    Identity identity = Devices.identify(device);
    try (BlockSource source = Devices.openForReading(device)) {
      DeviceStack stack = DeviceStack.open(source, Bounds.GENEROUS);
      if (json) {
        out.println(new ObjectMapper().writeValueAsString(values(identity, source, stack)));
        return 0;
      }
      String heading =
          "%s: %s, %d bytes (%s), sectors of %d"
              .formatted(
                  device,
                  identity.description(),
                  source.size(),
                  Sizes.of(source.size()),
                  source.sectorSize());
      LayerText.tree(heading, stack.contents()).forEach(out::println);
      for (DataVolume volume : stack.volumes()) {
        out.println(count(volume));
      }
      return 0;
    }
  }

  private static String count(DataVolume volume) throws MediaException {
    Listing listing = Listing.of(volume.tree());
    long[] counts = new long[2];
    listing.walk(
        volume.tree().root(),
        (path, node) -> {
          if (node.kind() == Node.Kind.FILE) {
            counts[0]++;
            counts[1] += node.size();
          }
        });
    String where = volume.number() == 0 ? "" : "partition " + volume.number() + ": ";
    String damaged =
        listing.damages().isEmpty() ? "" : ", " + listing.damages().size() + " places damaged";
    return "%s%d files, %s%s".formatted(where, counts[0], Sizes.of(counts[1]), damaged);
  }

  private Map<String, Object> values(Identity identity, BlockSource source, DeviceStack stack) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("device", device.toString());
    values.put("description", identity.description());
    values.put("size", source.size());
    values.put("sectorSize", source.sectorSize());
    values.put("contents", LayerText.values(stack.contents()));
    values.put("unread", stack.unread());
    return values;
  }
}
