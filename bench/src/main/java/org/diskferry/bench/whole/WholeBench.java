package org.diskferry.bench.whole;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.diskferry.app.home.Home;
import org.diskferry.app.service.RunningService;
import org.diskferry.app.service.ServiceSettings;
import org.diskferry.bench.transfer.Corpus;
import org.diskferry.bench.transfer.Measured;
import org.diskferry.store.BucketName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command: makes disks of the real tools, starts the depot, loads and proves each with our
/// station and, where it is installed, copies and checks the same files with rclone.
@Command(
    name = "whole",
    mixinStandardHelpOptions = true,
    description =
        "Loads and checks disks against the embedded depot, beside rclone copy and rclone check.")
public final class WholeBench implements Callable<Integer> {
  private static final int MIB = 1 << 20;

  @Mixin private WholeOptions options = new WholeOptions();

  @Override
  public Integer call() throws Exception {
    Path work = options.work("whole");
    try {
      Home home = new Home(work.resolve("home")).prepared();
      try (RunningService service =
          RunningService.start(new ServiceSettings(home, 0, null), InstantSource.system())) {
        Corpus corpus = new Corpus(options.directory());
        if (options.large() > 0) {
          compare(service, home, corpus.large(options.large(), options.largeMebibytes()), 4);
        }
        if (options.small() > 0) {
          compare(service, home, corpus.small(options.small()), 16);
        }
      }
    } finally {
      delete(work);
    }
    return 0;
  }

  private void compare(RunningService service, Home home, Path files, int transfers)
      throws IOException, InterruptedException {
    long bytes = Corpus.bytes(files);
    int objects = Corpus.files(files).size();
    String name = String.valueOf(files.getFileName());
    System.out.printf("%s: %d files, %d MiB%n", name, objects, bytes / MIB);
    Path image = image(files, bytes, objects);
    service.createBucket(new BucketName("ours-" + name), "us-east-1");
    Measured ours =
        Measured.run(
            java(
                service.objects().toString(),
                "ours-" + name,
                home.keys().resolve("customer.user").toString(),
                home.keys().resolve("cert.pem").toString(),
                image.toString(),
                home.path().resolve("job-" + name).toString()));
    System.out.println(ours.row("  ours, all of it", bytes, objects));
    if (options.rclone().isEmpty()) {
      return;
    }
    service.createBucket(new BucketName("theirs-" + name), "us-east-1");
    Rclone client = new Rclone(options.rclone(), service, home, transfers);
    for (List<String> verb :
        List.of(List.of("copy"), List.of("check"), List.of("check", "--download"))) {
      Measured theirs = Measured.run(theirs(client, verb, files, "theirs-" + name));
      System.out.println(theirs.row("  rclone " + String.join(" ", verb), bytes, objects));
    }
  }

  // An ext4 disk with the same files, and some room.
  private Path image(Path files, long bytes, int objects) throws IOException, InterruptedException {
    Path image = options.directory().resolve(files.getFileName() + ".img");
    if (Files.exists(image)) {
      return image;
    }
    Path part = image.resolveSibling(image.getFileName() + ".part");
    try (RandomAccessFile disk = new RandomAccessFile(part.toFile(), "rw")) {
      disk.setLength(bytes / 10 * 11 + objects * 8192L + 128L * MIB);
    }
    Process mke2fs =
        new ProcessBuilder(
                "/usr/sbin/mke2fs",
                "-q",
                "-F",
                "-t",
                "ext4",
                "-d",
                files.toString(),
                part.toString())
            .inheritIO()
            .start();
    if (mke2fs.waitFor() != 0) {
      throw new IOException("mke2fs could not make " + part);
    }
    return Files.move(part, image);
  }

  private List<String> java(String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + options.heap(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LoadProcess.class.getName()));
    command.addAll(List.of(args));
    return command;
  }

  private static List<String> theirs(Rclone client, List<String> verb, Path files, String bucket)
      throws IOException {
    List<String> words = new ArrayList<>(verb);
    words.addAll(List.of(files.toString(), client.bucket(bucket)));
    return client.command(words.toArray(String[]::new));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
