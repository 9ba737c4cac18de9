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
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.tool.screen.Sizes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.ObjectMapper;

/// `disk show DEVICE`: the layers of a device as a tree.
@Command(
    name = "show",
    description =
        "Shows what a disk or an image is: partitions, encryption, file systems, their state.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  disk show /dev/sdb",
      "  disk show customer.img --json",
      "  disk show customer.img --password-file pw.txt"
    })
final class DiskShow implements Callable<Integer> {
  @Parameters(paramLabel = "DEVICE", description = "a disk or an image")
  private Path device = Path.of("");

  @Option(names = "--json", description = "as JSON, for scripts")
  private boolean json;

  @Mixin private KeysOption keys = new KeysOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, MediaException {
    PrintWriter out = spec.commandLine().getOut();
    Identity identity = Devices.identify(device);
    try (KeysOption.Opened opened = keys.open();
        BlockSource source = Devices.openForReading(device)) {
      DeviceStack stack = DeviceStack.open(source, Bounds.GENEROUS, opened.keys());
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
      return 0;
    }
  }

  private Map<String, Object> values(Identity identity, BlockSource source, DeviceStack stack)
      throws MediaException {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("device", device.toString());
    values.put("description", identity.description());
    values.put("size", source.size());
    values.put("sectorSize", source.sectorSize());
    values.put("contents", LayerValues.of(stack.contents()));
    values.put("unread", stack.unread());
    return values;
  }
}
