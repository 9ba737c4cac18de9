package org.diskferry.app.admin;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diskferry.app.home.HomeOption;
import org.diskferry.app.operator.OperatorClient;
import org.diskferry.tool.screen.Bar;
import org.diskferry.tool.screen.Sizes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// `admin scrub`.
@Command(
    name = "scrub",
    description =
        "Reads everything that the depot holds from the disk again, compares it with what was stored, "
            + "and names the objects that are hurt. Ends with 1 where there are any, with 2 where it "
            + "did not come to its end. The service goes on meanwhile; Ctrl-C ends the watching, not "
            + "the scrub.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  admin scrub", "  admin scrub --json", "  admin scrub --stop%n"})
final class AdminScrub implements Callable<Integer> {
  /// Between two looks.
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final int DAMAGED = 1;
  private static final int NOT_DONE = 2;

  @Mixin private HomeOption home = new HomeOption();

  @Option(names = "--json", description = "the result as JSON, for scripts")
  private boolean json;

  @Option(names = "--stop", description = "ends the scrub that goes on")
  private boolean stop;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    OperatorClient client = new OperatorClient(home.home().operatorSocket());
    JsonNode answer = watched(client, client.call(stop ? "scrub stop" : "scrub start", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(answer));
    } else {
      print(answer, out);
    }
    out.flush();
    boolean done = answer.path("state").asString("").equals("DONE");
    return answer.path("damaged").asLong(0) > 0 ? DAMAGED : done || stop ? 0 : NOT_DONE;
  }

  private static JsonNode watched(OperatorClient client, JsonNode first)
      throws IOException, InterruptedException {
    JsonNode answer = first;
    try (Bar bar = Bar.ofBytes("scrub", InstantSource.system())) {
      while (answer.path("state").asString("").equals("RUNNING")) {
        bar.at(answer.path("doneBytes").asLong(0), answer.path("bytes").asLong(0));
        Thread.sleep(PAUSE);
        answer = client.call("scrub status", Map.of());
      }
    }
    return answer;
  }

  private static void print(JsonNode answer, PrintWriter out) {
    for (JsonNode each : answer.path("damage")) {
      for (JsonNode object : each.path("objects")) {
        out.println("damaged  " + object.asString());
      }
      out.println("         " + each.path("what").asString());
    }
    String read =
        "%d blobs, %s read"
            .formatted(
                answer.path("doneBlobs").asLong(0), Sizes.of(answer.path("doneBytes").asLong(0)));
    long damaged = answer.path("damaged").asLong(0);
    String found = damaged == 0 ? "none damaged" : damaged + " damaged";
    switch (answer.path("state").asString("")) {
      case "DONE" -> out.println(read + ", " + found);
      case "STOPPED" -> out.println("stopped: " + read + " so far, " + found);
      case "FAILED" ->
          out.println("failed: " + answer.path("reason").asString("") + "; " + read + ", " + found);
      default -> out.println("there was no scrub since the service started");
    }
  }
}
