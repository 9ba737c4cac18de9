package org.diskferry.app;

import org.diskferry.app.demo.DemoCommand;
import org.diskferry.app.dock.DockCommand;
import org.diskferry.tool.Tool;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Where everything starts: `diskferry VERB …`.
@Command(
    name = "diskferry",
    description = "Carries disks into and out of an object store.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "VERB")
public final class Main {
  private Main() {}

  /// Runs the verb that `args` begin with and exits with its code.
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(new UpCommand())
        .addSubcommand(DockCommand.line())
        .addSubcommand(new DemoCommand());
    System.exit(Tool.withVerbs(line).execute(args));
  }
}
