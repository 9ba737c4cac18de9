package org.diskferry.mkfs.child;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.MkfsException.Trouble;
import org.diskferry.mkfs.fill.FillerException;
import org.diskferry.mkfs.fill.MetadataDevice;

/// A child, from the parent's side. One order at a time; between an order and its reply the child
/// may read the medium. A child that says nothing for too long is killed.
final class ChildProcess implements AutoCloseable {
  /// No order takes a sound disk this long: the largest flush is 64 MiB and a few.
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

  private static final Duration GOODBYE = Duration.ofSeconds(10);

  /// MiB for the caches and for the blocks of a checkpoint.
  private static final long HEAP = 768;

  /// A file that takes all of a volume changes all of its bitmap: a MiB for 32 GiB, kept with twice
  /// its size so that the collector has room.
  private static final long VOLUME_FOR_HEAP = 16L << 30;

  private final Process process;
  private final DataOutputStream orders;
  private final DataInputStream replies;
  private final BlockSource medium;
  private final Path log;
  private volatile long heard = System.nanoTime();
  private volatile boolean busy;

  private ChildProcess(Process process, BlockSource medium, Path log) {
    this.process = process;
    this.medium = medium;
    this.log = log;
    this.orders = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.replies = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
  }

  /// Starts a child that may read `medium`; what it prints goes to a log in `folder`.
  static ChildProcess start(BlockSource medium, Path folder) throws MkfsException {
    Path log = folder.resolve("child.log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + (HEAP + medium.size() / VOLUME_FOR_HEAP) + "m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ChildMain.class.getName());
    try {
      Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
      ChildProcess child = new ChildProcess(process, medium, log);
      Thread.ofPlatform().daemon().name("mkfs-watch").start(child::watch);
      return child;
    } catch (IOException e) {
      throw new MkfsException(Trouble.CRASHED, "the child cannot be started: " + e.getMessage(), e);
    }
  }

  /// Gives an order and awaits its reply; what the child hands over before it goes to `receiver`.
  Reply ask(Order order, MetadataDevice.Receiver receiver) throws MkfsException {
    busy = true;
    heard = System.nanoTime();
    try {
      Wire.write(orders, order);
      while (true) {
        Reply reply = Wire.readReply(replies);
        heard = System.nanoTime();
        switch (reply) {
          case Reply.Read(var offset, var length) -> Wire.write(orders, read(offset, length));
          case Reply.Written(var offset, var bytes) -> receiver.write(offset, Wire.array(bytes));
          case Reply.Failed(var message) -> throw new MkfsException(Trouble.CRASHED, message);
          case Reply.Done _, Reply.Placed _, Reply.Withdrawn _, Reply.FreeBytes _ -> {
            return reply;
          }
        }
      }
    } catch (IOException | FillerException e) {
      throw new MkfsException(Trouble.CRASHED, died(e), e);
    } finally {
      busy = false;
    }
  }

  private Order.Bytes read(long offset, int length) throws MkfsException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try {
      medium.read(offset, bytes);
    } catch (MediaException e) {
      throw new MkfsException(Trouble.DEVICE, e.getMessage(), e);
    }
    return new Order.Bytes(bytes.flip());
  }

  private String died(Exception e) {
    process.destroyForcibly();
    try {
      process.waitFor(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    String code = process.isAlive() ? "still running" : "exit code " + process.exitValue();
    return "what fills the volume died (" + code + "; " + e.getMessage() + ")" + lastWords();
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return lines.isEmpty() ? "" : ": " + lines.getFirst();
    } catch (IOException e) {
      return ": its log cannot be read: " + e.getMessage();
    }
  }

  private void watch() {
    while (process.isAlive()) {
      try {
        process.waitFor(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        return;
      }
      if (busy && System.nanoTime() - heard > LONGEST_SILENCE.toNanos()) {
        process.destroyForcibly();
      }
    }
  }

  /// Ends it at once.
  void kill() {
    process.destroyForcibly();
  }

  /// The child goes when its pipe ends, or is made to.
  @Override
  public void close() {
    try {
      orders.close();
      if (!process.waitFor(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      // It is gone already.
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
