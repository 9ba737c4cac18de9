package org.diskferry.media.crypt;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// By a hash of the platform, which has the processor's own instructions for it. It cannot be set
/// back to what it was after the key: cloning it can, but leaves a copy of that behind each time,
/// which nobody wipes.
final class PlatformRepetition implements Repetition {
  private final MessageDigest digest;
  private final byte[] inner;
  private final byte[] outer;

  /// @param key as long as a block of the hash
  PlatformRepetition(String algorithm, byte[] key) {
    try {
      digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
    inner = Repetition.padded(key, INNER);
    outer = Repetition.padded(key, OUTER);
  }

  @Override
  public void repeat(byte[] round, byte[] sum, int times) {
    for (int i = 0; i < times; i++) {
      hash(inner, round);
      hash(outer, round);
      for (int j = 0; j < sum.length; j++) {
        sum[j] ^= round[j];
      }
    }
  }

  private void hash(byte[] first, byte[] message) {
    digest.update(first);
    digest.update(message);
    try {
      digest.digest(message, 0, message.length);
    } catch (DigestException e) {
      throw new IllegalStateException("the result always fits", e);
    }
  }

  @Override
  public void close() {
    Arrays.fill(inner, (byte) 0);
    Arrays.fill(outer, (byte) 0);
    digest.reset();
  }
}
