package org.diskferry.app.dock;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diskferry.app.home.HomeOption;
import org.diskferry.app.operator.OperatorClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// What the dock's verbs have in common: ask the running service, print its answer.
@Command(mixinStandardHelpOptions = true)
abstract sealed class DockVerb implements Callable<Integer>
    permits DockAttach, DockDetach, DockJobVerb, DockList, DockPin, DockReturn {
  @Mixin private HomeOption home = new HomeOption();

  @Option(names = "--json", description = "the answer as JSON, for scripts")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// The verb as the service knows it.
  abstract String verb();

  /// What it is asked with.
  abstract Map<String, ?> arguments();

  /// Writes the answer for people.
  abstract void print(JsonNode answer, PrintWriter out);

  @Override
  public final Integer call() throws IOException {
    JsonNode answer = new OperatorClient(home.home().operatorSocket()).call(verb(), arguments());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(answer));
    } else {
      print(answer, out);
    }
    out.flush();
    return 0;
  }
}
