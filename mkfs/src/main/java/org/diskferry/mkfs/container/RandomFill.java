package org.diskferry.mkfs.container;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.mkfs.MkfsException;

/// Fills a container with random bytes: AES in counter mode under a key that nobody keeps. After a
/// sudden end another key goes on.
final class RandomFill {
  private static final int KEY = 32;
  private static final int BLOCK = 16;

  /// One write: large enough for the speed of any disk, small enough to show progress.
  private static final int STEP = 4 << 20;

  /// What a sudden end costs at most: seconds of a disk.
  private static final long MARK = 1L << 30;

  private final BlockDevice host;
  private final SecureRandom random;
  private final ContainerVolumes.Watch watch;
  private final long mark;

  RandomFill(BlockDevice host, SecureRandom random, ContainerVolumes.Watch watch) {
    this(host, random, watch, MARK);
  }

  /// With how many bytes a sudden end may cost.
  RandomFill(BlockDevice host, SecureRandom random, ContainerVolumes.Watch watch, long mark) {
    this.host = host;
    this.random = random;
    this.watch = watch;
    this.mark = mark;
  }

  /// Fills what `state` does not call filled.
  ///
  /// @throws CancellationException when it was stopped; what was filled is remembered
  void goOn(ContainerState state) throws MediaException, MkfsException {
    if (state.randomBytes() >= host.size()) {
      return;
    }
    Cipher cipher = cipher();
    byte[] step = new byte[STEP];
    for (long at = state.randomBytes(); at < host.size(); ) {
      if (watch.stop().isWanted()) {
        remember(state, at);
        throw new CancellationException("stopped at byte " + at + " of a container");
      }
      int count = (int) Math.min(STEP, host.size() - at);
      randomise(cipher, step);
      host.write(at, ByteBuffer.wrap(step, 0, count));
      at += count;
      watch.progress().accept(at);
      if (at - state.randomBytes() >= mark || at == host.size()) {
        remember(state, at);
      }
    }
  }

  private void remember(ContainerState state, long bytes) throws MediaException, MkfsException {
    host.force();
    state.filled(bytes);
  }

  private Cipher cipher() {
    byte[] key = new byte[KEY];
    random.nextBytes(key);
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[BLOCK]));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES in counter mode", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  // What was there is random or zero: it comes out random.
  private static void randomise(Cipher cipher, byte[] bytes) {
    try {
      cipher.update(bytes, 0, bytes.length, bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("as many bytes come out as went in", e);
    }
  }
}
