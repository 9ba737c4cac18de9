package org.diskferry.app;

import org.diskferry.app.admin.AdminCommand;
import org.diskferry.app.demo.DemoCommand;
import org.diskferry.app.dock.DockCommand;
import org.diskferry.app.plan.DiskPlan;
import org.diskferry.app.store.StoreCommand;
import org.diskferry.tool.Tool;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Where everything starts: `diskferry VERB …`.
@Command(
    name = "diskferry",
    description = "Carries disks into and out of an object store.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "VERB",
    footer = {
      "",
      "A checkout has more: test (the whole suite), build, bench (measures).",
      "",
      "Examples:",
      "  demo                                 the whole journey, nothing is left",
      "  up --home /srv/diskferry             the service, until Ctrl-C",
      "  CreateJob Import manifest.txt /mnt   a job, and SIGNATURE for its disk",
      "  GetStatus ABCDE                      how far it is",
      "  dock list                            the devices that are here",
      "  dock attach /dev/sdb                 take up a disk",
      "  disk list /dev/sdb --md5             what is on it; needs no service",
      "  disk plan --bucket B --capacity 4TB  how a bucket is split over disks",
      "",
      "VERB --help says more about each."
    })
public final class Main {
  private Main() {}

  /// Runs the verb that `args` begin with and exits with its code.
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(new UpCommand())
        .addSubcommand(DockCommand.line())
        .addSubcommand(new StoreCommand())
        .addSubcommand(new AdminCommand())
        .addSubcommand(new DemoCommand());
    Tool.withVerbs(line);
    DiskPlan.addTo(line);
    System.exit(line.execute(args));
  }
}
