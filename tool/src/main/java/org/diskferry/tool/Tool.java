package org.diskferry.tool;

import org.diskferry.tool.disk.DiskCommand;
import org.diskferry.tool.jobs.JobCommands;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The customer's command line, by itself: `java -jar diskferry-tool.jar VERB …`.
@Command(
    name = "diskferry-tool",
    description = "Makes and follows jobs, and looks at disks before they are sent.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB")
public final class Tool {
  private Tool() {}

  /// Runs the verb that `args` begin with and exits with its code: 0 done, 1 something failed, 2
  /// the command line is wrong, 3 the service refused.
  public static void main(String[] args) {
    System.exit(withVerbs(new CommandLine(new Tool())).execute(args));
  }

  /// Adds the customer's verbs to a command line, with errors told in one line.
  public static CommandLine withVerbs(CommandLine line) {
    JobCommands.all().forEach(line::addSubcommand);
    line.addSubcommand(new DiskCommand());
    line.setExecutionExceptionHandler((error, command, parsed) -> {
      command.getErr().println("diskferry: " + Explanation.of(error));
      return CommandLine.ExitCode.SOFTWARE;
    });
    return line;
  }
}
