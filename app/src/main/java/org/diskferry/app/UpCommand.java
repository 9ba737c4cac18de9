package org.diskferry.app;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.diskferry.app.home.HomeOption;
import org.diskferry.app.service.RunningService;
import org.diskferry.app.service.ServiceSettings;
import org.diskferry.app.store.ServiceStoreOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `up`: the service, until Ctrl-C.
@Command(
    name = "up",
    description =
        "Runs the service: query API, dock and depot. Prints a line that begins with `ready` and "
            + "goes on until Ctrl-C. A kill loses nothing.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  up",
      "  up --home /srv/diskferry --port 9443",
      "  up --jobs-url https://ferry.example --objects-url https://s3.ferry.example",
      "  up --store https://store.example:9000 --store-credentials key.ini%n"
    })
final class UpCommand implements Callable<Integer> {
  private static final int DEFAULT_PORT = 8443;

  @Mixin private HomeOption home = new HomeOption();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "of the query API (${DEFAULT-VALUE}); the depot takes the next. 0: any free")
  private int port = DEFAULT_PORT;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "your PostgreSQL, jdbc:postgresql://…, instead of the embedded one")
  private @Nullable String database;

  @Option(
      names = "--quick",
      description =
          "leave the free space of encrypted containers as it is, instead of filling it with random"
              + " data")
  private boolean quick;

  @Mixin private PublicOptions outside = new PublicOptions();

  @Mixin private ServiceStoreOptions store = new ServiceStoreOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    ServiceSettings settings =
        new ServiceSettings(
            home.open(), port, database, store.choice(), outside.addresses(), quick);
    CountDownLatch stopped = new CountDownLatch(1);
    RunningService service = RunningService.start(settings, InstantSource.system());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  service.close();
                  stopped.countDown();
                },
                "stop"));
    PrintWriter out = spec.commandLine().getOut();
    out.println(service.readyLine());
    out.flush();
    stopped.await();
    return 0;
  }
}
