package org.diskferry.station.testing;

import java.util.Random;

/// Contents that differ.
public final class Bytes {

  private Bytes() {}

  /// So many bytes, the same for the same seed.
  public static byte[] seeded(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
