package org.diskferry.app.dock;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `dock`: the devices that are here.
@Command(
    name = "dock",
    description = "Shows the devices that are here, and says what happens to them.",
    subcommands = {
      DockList.class,
      DockAttach.class,
      DockDetach.class,
      DockPin.class,
      DockReturn.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    footerHeading = "%nExamples:%n",
    footer = {"  dock list", "  dock attach /dev/sdb", "  dock waive ABCDE%n"})
public final class DockCommand {

  /// The command with all its verbs.
  public static CommandLine line() {
    CommandLine line = new CommandLine(new DockCommand());
    for (DockJobVerb verb : List.of(new DockHold(), new DockWaive(), new DockRelease())) {
      line.addSubcommand(verb);
    }
    return line;
  }
}
