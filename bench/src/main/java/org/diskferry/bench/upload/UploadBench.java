package org.diskferry.bench.upload;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command: makes the files, starts the sink, runs our client and, where it is installed,
/// rclone one after the other, and prints a line for each.
@Command(
    name = "upload",
    mixinStandardHelpOptions = true,
    description = "Uploads to a server that drops everything, and says what it cost.")
public final class UploadBench implements Callable<Integer> {
  @Option(
      names = "--dir",
      description = "where the files are made and kept (default: ${DEFAULT-VALUE})")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir"), "diskferry-bench");

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
      description = "http, https or both (default: ${DEFAULT-VALUE})")
  private List<String> schemes = List.of("http", "https");

  @Option(names = "--rclone", description = "command of rclone; empty to leave it out")
  private String rclone = "rclone";

  @Option(
      names = "--heap",
      description = "memory of our client, direct and heap each (default: ${DEFAULT-VALUE})")
  private String heap = "256m";

  /// Runs the command and exits.
  public static void main(String... args) {
    System.exit(new CommandLine(new UploadBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(directory);
    new SelfSigned(directory).make();
    Corpus corpus = new Corpus(directory);
    for (String scheme : schemes) {
      if (large > 0) {
        compare(scheme, corpus.large(large, largeMebibytes), largeLanes, partMebibytes, 4);
      }
      if (small > 0) {
        compare(scheme, corpus.small(small), smallLanes, 1, smallLanes);
      }
    }
    return 0;
  }

  private void compare(String scheme, Path files, int lanes, int buffer, int transfers)
      throws IOException, InterruptedException {
    long bytes = Corpus.bytes(files);
    int objects = Corpus.files(files).size();
    String name = scheme + " " + files.getFileName();
    withSink(
        scheme,
        url ->
            System.out.println(
                Measured.run(ours(url, files, lanes, buffer)).row(name + " ours", bytes, objects)));
    if (installed()) {
      withSink(
          scheme,
          url ->
              System.out.println(
                  Measured.run(rclone(url, files, transfers))
                      .row(name + " rclone", bytes, objects)));
    } else {
      System.out.println(name + " rclone: not installed");
    }
  }

  @FunctionalInterface
  private interface Run {
    void on(String url) throws IOException, InterruptedException;
  }

  private void withSink(String scheme, Run run) throws IOException, InterruptedException {
    Process sink =
        new ProcessBuilder(java(SinkProcess.class, "512m", scheme, directory.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = sink.inputReader(StandardCharsets.UTF_8)) {
      run.on(scheme + "://localhost:" + said.readLine());
    } finally {
      sink.destroy();
      sink.waitFor();
    }
  }

  private List<String> ours(String url, Path files, int lanes, int buffer) {
    return java(
        UploadProcess.class,
        heap,
        url,
        files.toString(),
        Integer.toString(lanes),
        Integer.toString(buffer),
        directory.toString());
  }

  private static List<String> java(Class<?> main, String heap, String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  private boolean installed() {
    if (rclone.isEmpty()) {
      return false;
    }
    try {
      return new ProcessBuilder(rclone, "version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<String> rclone(String url, Path files, int transfers) {
    return List.of(
        rclone,
        "copy",
        files.toString(),
        ":s3:bench",
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
        "--s3-chunk-size",
        partMebibytes + "M",
        "--s3-upload-concurrency",
        "4",
        "--transfers",
        Integer.toString(transfers),
        "--checkers",
        Integer.toString(transfers),
        "--ca-cert",
        new SelfSigned(directory).pem().toString());
  }
}
