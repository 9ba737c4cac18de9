package org.diskferry.depot;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.diskferry.postgres.Login;

/// A depot in a process of its own.
final class ChildDepot implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final URI endpoint;

  private ChildDepot(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /// @param wrapper command that starts the JVM, empty for none
  static ChildDepot start(Login login, Path directory, List<String> wrapper) throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add(DepotProcess.class.getName());
    command.addAll(
        List.of(
            directory.toString(),
            Integer.toString(login.port()),
            login.database(),
            login.user(),
            login.password(),
            "0"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new ChildDepot(process, endpoint(process));
  }

  URI endpoint() {
    return endpoint;
  }

  /// As if the plug were pulled, as far as a process can tell.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private static URI endpoint(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("ready ")) {
        return URI.create(line.substring("ready ".length()));
      }
    }
    throw new IOException("the depot did not start");
  }
}
