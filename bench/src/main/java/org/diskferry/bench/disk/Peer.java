package org.diskferry.bench.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another program over the same image.
final class Peer {
  private final Path image;

  Peer(Path image) {
    this.image = image;
  }

  /// Runs a program with the image as its last argument and drops what it prints.
  ///
  /// @return how much that was; -1 where there is no such program
  long run(String... command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(List.of(command));
    whole.add(image.toString());
    Process process;
    try {
      process = new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      // The platform does not say more precisely that there is no such program.
      System.err.println(e.getMessage());
      return -1;
    }
    long printed;
    try (InputStream out = process.getInputStream()) {
      printed = out.transferTo(OutputStream.nullOutputStream());
    }
    process.waitFor();
    return printed;
  }

  /// Takes the image, and nothing else, out of the system's cache.
  static void dropCache(Path image) throws IOException, InterruptedException {
    Image.run("dd", "if=" + image, "iflag=nocache", "count=0", "status=none");
  }
}
