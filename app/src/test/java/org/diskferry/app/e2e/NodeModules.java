package org.diskferry.app.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.diskferry.postgres.testing.NotRun;

/// The JavaScript clients, installed below `target` as their lock file names them.
final class NodeModules {
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "journey.js", "get.js");

  private NodeModules() {}

  /// The directory with the scripts and what they need; installed where it was not.
  ///
  /// @throws org.opentest4j.TestAbortedException where it cannot be
  static Path installed() throws IOException, InterruptedException {
    Path directory = Files.createDirectories(Path.of("target", "old-clients")).toAbsolutePath();
    Path stamp = directory.resolve("installed");
    byte[] lock = resource("package-lock.json");
    boolean current = Files.exists(stamp) && Arrays.equals(Files.readAllBytes(stamp), lock);
    for (String file : FILES) {
      Files.write(directory.resolve(file), resource(file));
    }
    if (!current) {
      install(directory);
      Files.copy(
          directory.resolve("package-lock.json"), stamp, StandardCopyOption.REPLACE_EXISTING);
    }
    return directory;
  }

  private static void install(Path directory) throws IOException, InterruptedException {
    Process npm;
    try {
      npm =
          new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw NotRun.because(NodeModules.class, "old JavaScript clients", "the packages nodejs, npm");
    }
    String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (npm.waitFor() != 0) {
      throw NotRun.because(
          NodeModules.class,
          "old JavaScript clients",
          "a registry of npm packages: " + said.lines().findFirst().orElse(""));
    }
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(NodeModules.class.getResourceAsStream("old-clients/" + name))) {
      return in.readAllBytes();
    }
  }
}
