package org.diskferry.media.crypt;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// Decrypts zeros with a key that is nobody's until the virtual machine has compiled what decrypts:
/// the first encrypted device is then read at full speed, and not at a tenth of it for its first
/// second. It changes nothing else, and nothing depends on it.
public final class WarmUp {
  /// Bytes of one read, as the station reads.
  private static final int STEP = 1 << 20;

  /// Enough for the compiler's last stage; about a tenth of a second once it has run.
  private static final int STEPS = 400;

  /// A processor that is busy with other things has better to do.
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private WarmUp() {}

  /// Runs it on a thread of its own that keeps nobody from stopping.
  public static void start() {
    Thread.ofPlatform().name("warm-up").daemon().start(WarmUp::run);
  }

  /// Runs it here.
  ///
  /// @return bytes that were decrypted
  public static long run() {
    byte[] keys = new byte[2 * Algorithm.KEY];
    Arrays.fill(keys, Algorithm.KEY, keys.length, (byte) 1);
    Cascade aes = Cascade.of(Program.TRUECRYPT, Algorithm.AES);
    try (XtsSource source =
        new XtsSource(new Zeros(), 0, STEP, XtsStage.UNIT, new XtsKeys(aes, keys))) {
      ByteBuffer buffer = ByteBuffer.allocate(STEP);
      long deadline = System.nanoTime() + LONGEST.toNanos();
      long done = 0;
      for (int i = 0; i < STEPS && System.nanoTime() < deadline; i++) {
        source.read(0, buffer.clear());
        done += STEP;
      }
      return done;
    } catch (MediaException e) {
      throw new IllegalStateException("zeros can always be read", e);
    }
  }

  /// A medium without anything on it.
  private static final class Zeros implements BlockSource {
    @Override
    public long size() {
      return STEP;
    }

    @Override
    public int sectorSize() {
      return XtsStage.UNIT;
    }

    @Override
    public void read(long offset, ByteBuffer target) {
      Objects.checkFromIndexSize(offset, (long) target.remaining(), size());
      while (target.hasRemaining()) {
        target.put((byte) 0);
      }
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
