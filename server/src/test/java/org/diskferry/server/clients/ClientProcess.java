package org.diskferry.server.clients;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs a client with nothing of the machine's own configuration.
public final class ClientProcess {
  /// A client takes a second; a loaded machine may take many times that.
  private static final long PATIENCE_SECONDS = 180;

  private final Target target;
  private final Path directory;

  /// For a target, in a directory that becomes its home.
  public ClientProcess(Target target, Path directory) {
    this.target = target;
    this.directory = directory;
  }

  /// How a client ended.
  public record Outcome(int code, String out, String err) {}

  /// Whether a command can be run and ends well.
  public static boolean isInstalled(String... command) throws IOException, InterruptedException {
    File program = new File(command[0]);
    if (program.isAbsolute() && !program.canExecute()) {
      return false;
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  /// Runs a command to its end.
  public Outcome run(List<String> command) throws IOException, InterruptedException {
    return run(command, Map.of());
  }

  /// Runs a command to its end, with more in its environment.
  public Outcome run(List<String> command, Map<String, String> more)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "client", ".out");
    Path err = Files.createTempFile(directory, "client", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment());
    builder.environment().putAll(more);
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("did not end: " + command);
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Map<String, String> environment() {
    byte[] secret = target.credentials().secret().bytes();
    return Map.ofEntries(
        Map.entry("HOME", directory.toString()),
        Map.entry("LC_ALL", "C.UTF-8"),
        Map.entry("PYTHONWARNINGS", "ignore"),
        Map.entry("AWS_ACCESS_KEY_ID", target.credentials().id().value()),
        Map.entry("AWS_SECRET_ACCESS_KEY", new String(secret, StandardCharsets.UTF_8)),
        Map.entry("AWS_DEFAULT_REGION", "eu-west-1"),
        Map.entry("AWS_EC2_METADATA_DISABLED", "true"),
        Map.entry("AWS_CONFIG_FILE", "/dev/null"),
        Map.entry("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
        Map.entry("AWS_PAGER", ""),
        Map.entry("AWS_CA_BUNDLE", target.bundle().toString()));
  }
}
