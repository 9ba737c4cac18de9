package org.diskferry.tool.disk;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.block.linux.Identity;
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

  @Mixin private HintsOption hints = new HintsOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Opening opening;

  DiskShow() {
    this(Devices::openForReading);
  }

  DiskShow(Opening opening) {
    this.opening = opening;
  }

  @Override
  public Integer call() throws IOException, MediaException {
    Identity identity = Devices.identify(device);
    try (OpenDisk disk = OpenDisk.of(device, opening, hints)) {
      if (json) {
        String text = new ObjectMapper().writeValueAsString(values(identity, disk));
        spec.commandLine().getOut().println(text);
      } else {
        print(identity, disk);
      }
      return 0;
    }
  }

  private void print(Identity identity, OpenDisk disk) throws MediaException {
    PrintWriter out = spec.commandLine().getOut();
    String heading =
        "%s: %s, %d bytes (%s), sectors of %d"
            .formatted(
                device,
                identity.description(),
                disk.size(),
                Sizes.of(disk.size()),
                disk.sectorSize());
    LayerText.tree(heading, disk.stack().contents()).forEach(out::println);
    disk.missing().ifPresent(why -> out.println("! " + why));
    disk.bad().ifPresent(bad -> out.println("! " + bad));
  }

  private Map<String, Object> values(Identity identity, OpenDisk disk) throws MediaException {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("device", device.toString());
    values.put("description", identity.description());
    values.put("size", disk.size());
    values.put("sectorSize", disk.sectorSize());
    values.put("contents", LayerValues.of(disk.stack().contents()));
    values.put("unread", disk.stack().unread());
    List<String> remarks = new ArrayList<>();
    disk.missing().ifPresent(remarks::add);
    disk.bad().ifPresent(remarks::add);
    values.put("remarks", remarks);
    return values;
  }
}
