package org.diskferry.bench.xts;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.crypt.NewVolume;
import org.diskferry.media.crypt.Program;
import org.diskferry.media.crypt.Stop;
import org.diskferry.media.crypt.Trial;
import org.diskferry.media.crypt.Unlocking;
import org.diskferry.media.crypt.WarmUp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command: reads an encrypted volume (AES) out of memory, by one thread, in turn with `openssl
/// speed`, and prints both and their ratio. Both count the processor's time, not the clock's.
@Command(
    name = "xts",
    mixinStandardHelpOptions = true,
    description = "Reads an encrypted volume on one core, beside openssl speed of aes-256-xts.")
public final class XtsBench implements Callable<Integer> {
  private static final byte[] PASSWORD = "of no disk".getBytes(US_ASCII);
  private static final int MEBIBYTE = 1 << 20;

  /// Larger than the processor's caches of one core: a disk does not lie in them either.
  private static final int VOLUME = 64 * MEBIBYTE;

  private static final double NANOS = 1e9;
  private static final double MEGA = 1e6;

  @Option(names = "--rounds", description = "rounds (default: ${DEFAULT-VALUE})")
  private int rounds = 5;

  @Option(names = "--seconds", description = "seconds of a round (default: ${DEFAULT-VALUE})")
  private int seconds = 3;

  @Option(names = "--step", description = "bytes of a read of ours (default: ${DEFAULT-VALUE})")
  private int step = MEBIBYTE;

  @Option(names = "--block", description = "bytes of a call of OpenSSL (default: ${DEFAULT-VALUE})")
  private int block = 16 << 10;

  @Option(names = "--cold", description = "without the warm-up that the service does at its start")
  private boolean cold;

  @Override
  public Integer call() throws IOException, InterruptedException, MediaException {
    MemoryDevice device = new MemoryDevice(VOLUME);
    // Memory that nobody has touched is slow the first time.
    device.zero(0, VOLUME);
    NewVolume.of(Program.TRUECRYPT, new SecureRandom()).create(device, PASSWORD).close();
    if (!cold) {
      long began = System.nanoTime();
      long bytes = WarmUp.run();
      System.out.printf(
          Locale.ROOT,
          "warm-up: %d MiB in %.2f s%n",
          bytes / MEBIBYTE,
          (System.nanoTime() - began) / NANOS);
    }
    try (Unlocking unlocking = Unlocking.with(PASSWORD, 0, Stop.NEVER)) {
      if (!(unlocking.open(device) instanceof Trial.Opened(var volume))) {
        throw new IllegalStateException("our own volume does not open");
      }
      measure(volume.bytes());
    }
    return 0;
  }

  private void measure(BlockSource volume)
      throws IOException, InterruptedException, MediaException {
    System.out.printf(
        Locale.ROOT, "first 50 MiB: %.0f MB/s%n", read(volume, 50L * MEBIBYTE) / MEGA);
    OpenSsl peer = new OpenSsl(block, seconds);
    double[] ours = new double[rounds];
    double[] theirs = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      ours[i] = readFor(volume);
      theirs[i] = peer.bytesPerSecond();
      row("round " + (i + 1), ours[i], theirs[i]);
    }
    Arrays.sort(ours);
    Arrays.sort(theirs);
    row("median", ours[rounds / 2], theirs[rounds / 2]);
  }

  private static void row(String name, double ours, double theirs) {
    System.out.printf(
        Locale.ROOT,
        "%-10s ours %6.0f MB/s   openssl speed %6.0f MB/s   ratio %.2f%n",
        name,
        ours / MEGA,
        theirs / MEGA,
        ours / theirs);
  }

  private double readFor(BlockSource volume) throws MediaException {
    long bytes = 0;
    long start = cpuNanos();
    long nanos = 0;
    while (nanos < seconds * NANOS) {
      bytes += pass(volume, volume.size());
      nanos = cpuNanos() - start;
    }
    return bytes / (nanos / NANOS);
  }

  private double read(BlockSource volume, long length) throws MediaException {
    long start = cpuNanos();
    long bytes = pass(volume, length);
    return bytes / ((cpuNanos() - start) / NANOS);
  }

  private long pass(BlockSource volume, long length) throws MediaException {
    ByteBuffer buffer = ByteBuffer.allocate(step);
    long at = 0;
    for (; at + step <= length; at += step) {
      volume.read(at, buffer.clear());
    }
    return at;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
