package org.diskferry.media.crypt;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/// PBKDF2 (RFC 8018, section 5.2) as far as it is needed: the first blocks of the result are enough
/// for one cipher, later ones are only calculated for cascades. Closing wipes the result and what
/// was made of the password. Thread-safe, one calculation at a time; one that was stopped can be
/// begun again.
final class KeyDerivation implements AutoCloseable {
  /// How many repetitions go by between two questions whether to stop: some milliseconds at most.
  private static final int STOP_EVERY = 1024;

  private final Hash hash;
  private final HMac mac;
  private final Repetition repetition;
  private final byte[] salt;
  private final int iterations;
  private final byte[] key = new byte[Cascade.MOST_KEYS];
  private int blocks;

  /// Told after every few repetitions how many there were.
  @FunctionalInterface
  interface Ticks {
    /// Nobody counts them.
    Ticks NONE = repetitions -> {};

    void count(int repetitions);
  }

  KeyDerivation(Hash hash, byte[] password, byte[] salt, int iterations) {
    this.hash = hash;
    this.mac = new HMac(hash.digest());
    this.repetition = hash.repetition(password);
    this.salt = salt;
    this.iterations = iterations;
    KeyParameter parameter = new KeyParameter(password);
    mac.init(parameter);
    // Its copy, which the MAC does not need any more.
    Arrays.fill(parameter.getKey(), (byte) 0);
  }

  /// How many repetitions the first `length` bytes take.
  static long repetitions(Hash hash, int iterations, int length) {
    return (long) iterations * Math.ceilDiv(length, hash.length());
  }

  /// The first `length` bytes, whatever it takes; a copy that the caller wipes.
  byte[] first(int length) {
    return first(length, Stop.NEVER, Ticks.NONE);
  }

  /// The first `length` bytes, a copy that the caller wipes.
  ///
  /// @throws CancellationException when it was stopped
  synchronized byte[] first(int length, Stop stop, Ticks ticks) {
    int size = hash.length();
    while ((long) blocks * size < length) {
      byte[] block = block(blocks + 1, stop, ticks);
      int at = blocks * size;
      System.arraycopy(block, 0, key, at, Math.min(size, key.length - at));
      Arrays.fill(block, (byte) 0);
      blocks++;
    }
    return Arrays.copyOf(key, length);
  }

  private byte[] block(int index, Stop stop, Ticks ticks) {
    byte[] round = new byte[mac.getMacSize()];
    mac.update(salt, 0, salt.length);
    for (int shift = 24; shift >= 0; shift -= 8) {
      mac.update((byte) (index >>> shift));
    }
    mac.doFinal(round, 0);
    byte[] sum = round.clone();
    for (int done = 1; done < iterations; ) {
      if (stop.isWanted()) {
        throw new CancellationException("stopped while a password was tried");
      }
      int step = Math.min(STOP_EVERY, iterations - done);
      repetition.repeat(round, sum, step);
      done += step;
      ticks.count(step);
    }
    Arrays.fill(round, (byte) 0);
    return sum;
  }

  @Override
  public synchronized void close() {
    // The MAC keeps what it made of its last key: now that of nothing.
    mac.init(new KeyParameter(new byte[1]));
    repetition.close();
    Arrays.fill(key, (byte) 0);
  }
}
