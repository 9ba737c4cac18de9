package org.diskferry.bench.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command: makes the files, starts the sink where no store is named, runs our client and its
/// peers one after the other in both directions, and prints a line for each.
@Command(
    name = "transfer",
    mixinStandardHelpOptions = true,
    description = "Moves files into a store and out of it, and says what it cost.")
public final class TransferBench implements Callable<Integer> {
  @Option(
      names = "--dir",
      description = "where the files are made and kept (default: ${DEFAULT-VALUE})")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir"), "diskferry-bench");

  @Option(names = "--into", description = "where downloads go (default: ${DEFAULT-VALUE})")
  private Path into = Path.of("/dev/shm/diskferry-bench");

  @Option(names = "--large", description = "large files (default: ${DEFAULT-VALUE})")
  private int large = 4;

  @Option(names = "--large-mib", description = "MiB of each (default: ${DEFAULT-VALUE})")
  private int largeMebibytes = 1024;

  @Option(names = "--small", description = "small files (default: ${DEFAULT-VALUE})")
  private int small = 20_000;

  @Option(names = "--part-mib", description = "MiB of a part (default: ${DEFAULT-VALUE})")
  private int partMebibytes = 16;

  @Option(names = "--large-lanes", description = "parts at once (default: ${DEFAULT-VALUE})")
  private int largeLanes = 8;

  @Option(names = "--small-lanes", description = "objects at once (default: ${DEFAULT-VALUE})")
  private int smallLanes = 16;

  @Option(
      names = "--scheme",
      split = ",",
      description = "http, https or both, of the sink (default: ${DEFAULT-VALUE})")
  private List<String> schemes = List.of("http", "https");

  @Option(
      names = "--direction",
      split = ",",
      description = "up, down or both (default: ${DEFAULT-VALUE})")
  private List<String> directions = List.of("up", "down");

  @Option(names = "--peer", split = ",", description = "who moves them (default: ${DEFAULT-VALUE})")
  private List<String> peers = List.of("ours", "rclone", "aws", "sdk-apache", "sdk-crt");

  @Option(
      names = "--store",
      description =
          "a store instead of the sink, with an empty bucket `bench` and the key `bench`, `not a"
              + " secret`; one kind of files at a time (--small 0 or --large 0)")
  private @Nullable String store;

  @Option(
      names = "--heap",
      description = "memory of our client, direct and heap each (default: ${DEFAULT-VALUE})")
  private String heap = "256m";

  /// Runs the command and exits.
  public static void main(String... args) {
    System.exit(new CommandLine(new TransferBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(directory);
    new SelfSigned(directory).make();
    Files.deleteIfExists(archive());
    Corpus corpus = new Corpus(directory);
    for (String scheme : store == null ? schemes : List.of("store")) {
      for (String direction : directions) {
        if (large > 0) {
          Path files = corpus.large(large, largeMebibytes);
          compare(scheme, direction, new Load(files, largeLanes, partMebibytes));
        }
        if (small > 0) {
          compare(scheme, direction, new Load(corpus.small(small), smallLanes, 1));
        }
      }
    }
    return 0;
  }

  /// What is moved.
  ///
  /// @param lanes at once
  /// @param part MiB; files of no more are moved in one request
  private record Load(Path files, int lanes, int part) {}

  private void compare(String scheme, String direction, Load load)
      throws IOException, InterruptedException {
    long bytes = Corpus.bytes(load.files());
    int objects = Corpus.files(load.files()).size();
    for (String peer : peers) {
      clear(into);
      Files.createDirectories(into);
      withStore(
          scheme,
          direction.equals("up") ? Files.createDirectories(into) : load.files(),
          url -> {
            List<String> command = command(peer, direction, url, load);
            String name =
                String.join(" ", scheme, direction, load.files().getFileName().toString(), peer);
            if (peer.equals("ours") && !Files.exists(archive())) {
              Measured.run(command);
            }
            System.out.println(Measured.run(command).row(name, bytes, objects));
          });
      if (direction.equals("down") && Corpus.bytes(into) != bytes) {
        throw new IOException(peer + " brought " + Corpus.bytes(into) + " of " + bytes + " bytes");
      }
    }
    clear(into);
  }

  private static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @FunctionalInterface
  private interface Run {
    void on(String url) throws IOException, InterruptedException;
  }

  private void withStore(String scheme, Path files, Run run)
      throws IOException, InterruptedException {
    if (store != null) {
      run.on(store);
      return;
    }
    Process sink =
        new ProcessBuilder(
                java(SinkProcess.class, "512m", scheme, directory.toString(), files.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = sink.inputReader(StandardCharsets.UTF_8)) {
      run.on(scheme + "://localhost:" + said.readLine());
    } finally {
      sink.destroy();
      sink.waitFor();
    }
  }

  private List<String> command(String peer, String direction, String url, Load load) {
    Path files = direction.equals("up") ? load.files() : into;
    String[] rest = {
      direction,
      url,
      files.toString(),
      Integer.toString(load.lanes()),
      Integer.toString(load.part()),
      directory.toString()
    };
    return switch (peer) {
      case "ours" ->
          java(archived(), OursProcess.class, heap, with(rest, store == null ? "yes" : "no"));
      case "sdk-apache" -> java(SdkProcess.class, "1g", before("apache", rest));
      case "sdk-crt" -> java(SdkProcess.class, "1g", before("crt", rest));
      case "rclone" -> rclone(direction, url, files, load.lanes());
      case "aws" -> aws(direction, url, files);
      default -> throw new IllegalArgumentException("who is " + peer + "?");
    };
  }

  private static String[] with(String[] words, String last) {
    return Stream.concat(Stream.of(words), Stream.of(last)).toArray(String[]::new);
  }

  private static String[] before(String first, String[] words) {
    return Stream.concat(Stream.of(first), Stream.of(words)).toArray(String[]::new);
  }

  private static List<String> java(Class<?> main, String heap, String... args) {
    return java(List.of(), main, heap, args);
  }

  private static List<String> java(
      List<String> options, Class<?> main, String heap, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  private Path archive() {
    return directory.resolve("ours.jsa");
  }

  /// As the launcher starts the program: with its classes in an archive that the first run made.
  private List<String> archived() {
    return List.of(
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + archive(),
        "-Xlog:cds=off",
        "-Xlog:cds*=off");
  }

  private List<String> aws(String direction, String url, Path files) {
    String bucket = "s3://bench";
    return List.of(
        "env",
        "AWS_ACCESS_KEY_ID=bench",
        "AWS_SECRET_ACCESS_KEY=not a secret",
        "AWS_DEFAULT_REGION=us-east-1",
        "AWS_CONFIG_FILE=/dev/null",
        "AWS_EC2_METADATA_DISABLED=true",
        "/usr/bin/aws",
        "--endpoint-url",
        url,
        "--ca-bundle",
        new SelfSigned(directory).pem().toString(),
        "s3",
        "cp",
        "--recursive",
        "--only-show-errors",
        direction.equals("up") ? files.toString() : bucket,
        direction.equals("up") ? bucket : files.toString());
  }

  private List<String> rclone(String direction, String url, Path files, int lanes) {
    String bucket = ":s3:bench";
    return List.of(
        "rclone",
        "copy",
        direction.equals("up") ? files.toString() : bucket,
        direction.equals("up") ? bucket : files.toString(),
        "--config",
        "",
        "--s3-provider",
        "Other",
        "--s3-endpoint",
        url,
        "--s3-access-key-id",
        "bench",
        "--s3-secret-access-key",
        "not a secret",
        "--s3-no-check-bucket",
        "--fast-list",
        "--s3-chunk-size",
        partMebibytes + "M",
        "--s3-upload-concurrency",
        "4",
        "--transfers",
        Integer.toString(small > 0 ? lanes : 4),
        "--checkers",
        Integer.toString(small > 0 ? lanes : 4),
        "--ca-cert",
        new SelfSigned(directory).pem().toString());
  }
}
