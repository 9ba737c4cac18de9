package org.diskferry.tool;

import java.util.List;
import org.diskferry.tool.disk.DiskCommand;
import org.diskferry.tool.jobs.JobCommands;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
    line.setParameterExceptionHandler(Tool::wrongLine);
    return line;
  }

  // One line, and where the rest is to be read: the whole help would push it out of sight.
  private static int wrongLine(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    String meant = "";
    if (error instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      meant = near.isEmpty() ? "" : " (did you mean " + String.join(" or ", near) + "?)";
    }
    command
        .getErr()
        .printf(
            "diskferry: %s%s; see %s --help%n",
            String.valueOf(error.getMessage()).replaceAll("\\s*\\R\\s*", " "),
            meant,
            command.getCommandSpec().qualifiedName());
    command.getErr().flush();
    return CommandLine.ExitCode.USAGE;
  }
}
