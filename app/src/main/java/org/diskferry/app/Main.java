package org.diskferry.app;

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
    System.exit(Tool.withVerbs(new CommandLine(new Main())).execute(args));
  }
}
