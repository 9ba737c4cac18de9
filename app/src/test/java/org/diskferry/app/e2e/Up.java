package org.diskferry.app.e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.diskferry.access.Credentials;

/// The service as a user starts it: a process of its own, on a home of its own.
final class Up implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);

  private final Path home;
  private final Process process;
  private final Map<String, String> environment = new HashMap<>();

  private Up(Path home, Process process) {
    this.home = home;
    this.process = process;
  }

  /// Starts it and returns when it says that it is ready.
  static Up start(Path home) throws IOException, InterruptedException {
    return start(home, "org.diskferry.app.Main", List.of(), List.of());
  }

  /// Likewise, by another main class that takes the same arguments.
  static Up start(Path home, String main) throws IOException, InterruptedException {
    return start(home, main, List.of(), List.of());
  }

  /// Starts it with further words for the Java machine and for `up`.
  static Up start(Path home, List<String> machine, List<String> words)
      throws IOException, InterruptedException {
    return start(home, "org.diskferry.app.Main", machine, words);
  }

  private static Up start(Path home, String main, List<String> machine, List<String> words)
      throws IOException, InterruptedException {
    // The database server runs as a user of its own and passes through here.
    Files.setPosixFilePermissions(home.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
    Path said = home.resolveSibling(home.getFileName() + ".out");
    List<String> command =
        new ArrayList<>(
            List.of(java(), "--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-XX:+UseSerialGC"));
    command.addAll(machine);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            main,
            "up",
            "--home",
            home.toString(),
            "--port",
            "0"));
    command.addAll(words);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(said.toFile())
            .redirectError(
                ProcessBuilder.Redirect.appendTo(
                    home.resolveSibling(home.getFileName() + ".err").toFile()))
            .start();
    Up up = new Up(home, process);
    up.awaitReady(said);
    up.readEnvironment();
    return up;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private void awaitReady(Path said) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(START);
    while (!Files.readString(said).startsWith("ready  https://")) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        close();
        throw new IOException(
            "not ready: " + Files.readString(home.resolveSibling(home.getFileName() + ".err")));
      }
      Thread.sleep(100);
    }
  }

  private void readEnvironment() throws IOException {
    for (String line : Files.readAllLines(home.resolve("client.env"))) {
      if (line.startsWith("export ")) {
        int equals = line.indexOf('=');
        environment.put(line.substring("export ".length(), equals), line.substring(equals + 1));
      }
    }
  }

  URI jobs() {
    return URI.create(environment.get("AWS_ENDPOINT_URL_IMPORTEXPORT"));
  }

  Path bundle() {
    return Path.of(environment.get("AWS_CA_BUNDLE"));
  }

  long pid() {
    return process.pid();
  }

  Path dock() {
    return home.resolve("dock");
  }

  Credentials credentials() {
    return Credentials.of(
        environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"));
  }

  /// What one of our own commands says.
  ///
  /// @throws IOException when it does not end with 0
  String diskferry(String... words) throws IOException, InterruptedException {
    return run(own(words));
  }

  private static List<String> own(String... words) {
    return own(List.of(), words);
  }

  private static List<String> own(List<String> machine, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(java(), "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(machine);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.diskferry.app.Main"));
    command.addAll(List.of(words));
    return command;
  }

  /// What Debian's command line client says about the object store.
  String s3(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("/usr/bin/aws", "--endpoint-url", environment.get("AWS_ENDPOINT_URL_S3")));
    command.addAll(List.of(words));
    return run(command);
  }

  /// How a command ended and what it said.
  record Said(int code, String text) {}

  /// How one of our own commands ends, whichever way.
  Said said(String... words) throws IOException, InterruptedException {
    return end(own(words), environment);
  }

  /// As [#said], without a service that it is for.
  static Said alone(String... words) throws IOException, InterruptedException {
    return alone(List.of(), words);
  }

  /// Likewise, with further words for the Java machine.
  static Said alone(List<String> machine, String... words)
      throws IOException, InterruptedException {
    return end(own(machine, words), Map.of());
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Said said = end(command, environment);
    if (said.code() != 0) {
      throw new IOException(
          String.join(" ", command.subList(command.size() - 3, command.size()))
              + ": "
              + said.text());
    }
    return said.text();
  }

  private static Said end(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("AWS_CONFIG_FILE", "/dev/null");
    builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    builder.environment().put("AWS_PAGER", "");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process child = builder.start();
    child.getOutputStream().close();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(child.waitFor(), said);
  }

  /// Pulls the plug: nothing of the process runs any further.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
