package org.diskferry.media.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A file system that a test has mounted to fill it or to compare with it. When `close` returns,
/// all is written to the image and nothing holds it any more.
public final class Mount implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 30_000;

  private final Path root;
  private final List<Process> daemons;

  private Mount(Path root, List<Process> daemons) {
    this.root = root;
    this.daemons = daemons;
  }

  /// Mounts `image` by the kernel over a loop device at `root`, which is made.
  public static Mount loop(Path image, Path root, String options)
      throws IOException, InterruptedException {
    Files.createDirectories(root);
    Tool.run("mount", "-o", "loop," + options, image.toString(), root.toString());
    return new Mount(root, List.of());
  }

  /// Mounts `image` by a FUSE program at `root`, which is made. `command` must keep the program in
  /// the foreground: only its end says that everything is written.
  public static Mount fuse(Path image, Path root, String... command)
      throws IOException, InterruptedException {
    Files.createDirectories(root);
    List<String> whole = new ArrayList<>(List.of(command));
    whole.add(image.toString());
    whole.add(root.toString());
    Path log = root.resolveSibling(root.getFileName() + ".log");
    // To a file: a pipe that nobody empties would stop the program, and everyone on the mount.
    Process daemon = Tool.builder(whole).redirectOutput(log.toFile()).start();
    awaitMounted(root, daemon, log);
    return new Mount(root, List.of(daemon));
  }

  private static void awaitMounted(Path root, Process daemon, Path log)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!isMounted(root)) {
      if (!daemon.isAlive()) {
        throw new IOException(root + " was not mounted: " + Files.readString(log));
      }
      if (System.nanoTime() > deadline) {
        daemon.destroyForcibly();
        throw new IOException(root + " was not mounted within " + PATIENCE_MILLIS + " ms");
      }
      Thread.sleep(20);
    }
  }

  private static boolean isMounted(Path root) throws IOException {
    String needle = " " + root.toRealPath() + " ";
    return Files.readString(Path.of("/proc/self/mounts")).contains(needle);
  }

  /// The directory at the top of the mounted file system.
  public Path root() {
    return root;
  }

  @Override
  public void close() throws IOException {
    try {
      Tool.run("umount", root.toString());
      for (Process daemon : daemons) {
        awaitEnd(daemon);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(root + " was left mounted", e);
    }
  }

  private void awaitEnd(Process daemon) throws IOException, InterruptedException {
    if (!daemon.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      daemon.destroyForcibly();
      throw new IOException("the program behind " + root + " did not end");
    }
  }
}
