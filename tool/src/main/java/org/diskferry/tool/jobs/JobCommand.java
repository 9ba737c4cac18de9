package org.diskferry.tool.jobs;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diskferry.tool.client.Answer;
import org.diskferry.tool.client.Connection;
import org.diskferry.tool.client.ServiceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.ObjectMapper;

/// What the customer's commands have in common: ask, then print the answer as lines or as JSON.
@Command(mixinStandardHelpOptions = true)
abstract sealed class JobCommand implements Callable<Integer>
    permits CancelJob, CreateJob, GetShipInfo, GetStatus, ListJobs, UpdateJob {
  /// The service refused: told apart from trouble on our side, which is 1.
  static final int REFUSED = 3;

  @Mixin private Connection connection = new Connection();

  @Option(names = "--json", description = "the answer as JSON, for scripts")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// The action to ask for.
  abstract String action();

  /// What to ask it with.
  abstract Map<String, String> parameters() throws IOException;

  /// Writes the answer for people.
  abstract void print(Answer answer, PrintWriter out) throws IOException;

  /// The answer as values; for commands whose answer is more than names and texts.
  Object values(Answer answer) {
    return answer.texts();
  }

  @Override
  public final Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      Answer answer = connection.open().call(action(), parameters());
      if (json) {
        out.println(new ObjectMapper().writeValueAsString(values(answer)));
      } else {
        print(answer, out);
      }
      out.flush();
      return 0;
    } catch (ServiceException e) {
      spec.commandLine().getErr().println(e.code() + ": " + e.getMessage());
      return REFUSED;
    }
  }

  /// `Name: value`, where the answer has it.
  static void line(Answer answer, String name, PrintWriter out) {
    answer.text(name).ifPresent(text -> out.println(name + ": " + text));
  }
}
