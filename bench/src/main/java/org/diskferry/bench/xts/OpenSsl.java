package org.diskferry.bench.xts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// OpenSSL's own measurement: bytes for a second of the processor, on one core.
final class OpenSsl {
  /// The line that it ends with, in thousands of bytes a second.
  private static final Pattern FIGURE = Pattern.compile("(?im)^AES-256-XTS\\s+([0-9.]+)k");

  private final int blockSize;
  private final int seconds;

  /// @param blockSize bytes of each call
  /// @param seconds how long it measures
  OpenSsl(int blockSize, int seconds) {
    this.blockSize = blockSize;
    this.seconds = seconds;
  }

  /// Runs it.
  ///
  /// @throws IOException when it is not installed, or says no figure
  double bytesPerSecond() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "openssl",
                "speed",
                "-decrypt",
                "-evp",
                "aes-256-xts",
                "-bytes",
                String.valueOf(blockSize),
                "-seconds",
                String.valueOf(seconds))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.waitFor();
    Matcher figure = FIGURE.matcher(said);
    if (status != 0 || !figure.find()) {
      throw new IOException("openssl speed ended with " + status + ": " + said);
    }
    return Double.parseDouble(figure.group(1)) * 1000;
  }
}
