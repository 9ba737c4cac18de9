package org.diskferry.media.crypt;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/// PBKDF2 (RFC 8018, section 5.2) as far as it is needed: the first blocks of the result are enough
/// for one cipher, later ones are only calculated for cascades. Closing wipes the result.
/// Thread-safe, one calculation at a time; one that was stopped can be begun again.
final class KeyDerivation implements AutoCloseable {
  /// How many repetitions go by between two questions whether to stop: a millisecond or two.
  private static final int STOP_EVERY = 1024;

  private final HMac mac;
  private final byte[] salt;
  private final int iterations;
  private final byte[] key = new byte[Cascade.MOST_KEYS];
  private int blocks;

  KeyDerivation(Hash hash, byte[] password, byte[] salt, int iterations) {
    this.mac = new HMac(hash.digest());
    this.salt = salt;
    this.iterations = iterations;
    KeyParameter parameter = new KeyParameter(password);
    mac.init(parameter);
    // Its copy, which the MAC does not need any more.
    Arrays.fill(parameter.getKey(), (byte) 0);
  }

  /// The first `length` bytes, a copy that the caller wipes.
  ///
  /// @throws CancellationException when it was stopped
  synchronized byte[] first(int length, Stop stop) {
    int size = mac.getMacSize();
    while ((long) blocks * size < length) {
      byte[] block = block(blocks + 1, stop);
      int at = blocks * size;
      System.arraycopy(block, 0, key, at, Math.min(size, key.length - at));
      Arrays.fill(block, (byte) 0);
      blocks++;
    }
    return Arrays.copyOf(key, length);
  }

  private byte[] block(int index, Stop stop) {
    byte[] round = new byte[mac.getMacSize()];
    mac.update(salt, 0, salt.length);
    for (int shift = 24; shift >= 0; shift -= 8) {
      mac.update((byte) (index >>> shift));
    }
    mac.doFinal(round, 0);
    byte[] sum = round.clone();
    for (int i = 1; i < iterations; i++) {
      if (i % STOP_EVERY == 0 && stop.isWanted()) {
        throw new CancellationException("stopped while a password was tried");
      }
      mac.update(round, 0, round.length);
      mac.doFinal(round, 0);
      for (int j = 0; j < sum.length; j++) {
        sum[j] ^= round[j];
      }
    }
    Arrays.fill(round, (byte) 0);
    return sum;
  }

  @Override
  public synchronized void close() {
    Arrays.fill(key, (byte) 0);
  }
}
