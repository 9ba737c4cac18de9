package org.diskferry.app.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.diskferry.app.home.Home;
import org.diskferry.app.service.RunningService;
import org.diskferry.app.service.ServiceSettings;
import org.diskferry.app.store.ServiceStoreOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `demo`: a disk goes in, a bucket comes out.
@Command(
    name = "demo",
    description =
        "Shows the whole journey: starts the service in a folder of its own, makes a disk, imports it "
            + "into a bucket, shows the log, erases the disk; then the bucket goes out on another, "
            + "encrypted.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  demo", "  demo --keep /tmp/ferry%n"})
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "work in this folder and leave everything there to look at")
  private @Nullable Path kept;

  @Mixin private ServiceStoreOptions store = new ServiceStoreOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Path folder = kept == null ? temporary() : kept;
    PrintWriter out = spec.commandLine().getOut();
    try {
      Home home = new Home(folder.resolve("home").toAbsolutePath()).prepared();
      try (RunningService service =
          RunningService.start(
              new ServiceSettings(home, 0, null, store.choice()), InstantSource.system())) {
        out.println(service.readyLine());
        DemoStage stage = new DemoStage(service, home, folder, out);
        new DemoImport(stage).run();
        new DemoExport(stage).run();
      }
    } finally {
      if (kept == null) {
        delete(folder);
      }
    }
    return 0;
  }

  // The database server runs as a user of its own and passes through here.
  private static Path temporary() throws IOException {
    Path folder = Files.createTempDirectory("diskferry-demo");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
