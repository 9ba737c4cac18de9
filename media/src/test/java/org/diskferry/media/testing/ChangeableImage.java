package org.diskferry.media.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/// A small sound image that a fuzzer's bytes change: each stretch of [#CHANGE_BYTES] is one change,
/// made where the image holds anything. The bytes are taken as they are, so that a fuzzer which
/// learns what a parser compares with can put it there.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 2 | which of the sectors that hold anything |
/// | 2 | 2 | where in it, and (top 3 bits) how many bytes less one |
/// | 4 | 8 | what is put there |
public final class ChangeableImage {
  /// Bytes of one change.
  public static final int CHANGE_BYTES = 12;

  private static final int SECTOR = 512;
  private static final int MOST_CHANGES = 16;

  private final byte[] image;
  private final int[] sectors;

  private ChangeableImage(byte[] image) {
    this.image = image;
    this.sectors =
        IntStream.range(0, image.length / SECTOR).filter(sector -> holds(image, sector)).toArray();
  }

  /// The gzipped image beside `owner`.
  public static ChangeableImage resource(Class<?> owner, String name) {
    try (InputStream packed = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
      return new ChangeableImage(new GZIPInputStream(packed).readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static boolean holds(byte[] image, int sector) {
    int from = sector * SECTOR;
    return !Arrays.equals(image, from, from + SECTOR, new byte[SECTOR], 0, SECTOR);
  }

  /// The image as it is.
  public MemorySource sound() {
    return new MemorySource(image);
  }

  /// The image with `changes` made; what does not make a whole change is left out.
  public PatchedSource changed(byte[] changes) {
    ByteBuffer from = ByteBuffer.wrap(changes).order(ByteOrder.LITTLE_ENDIAN);
    PatchedSource changed = new PatchedSource(sound());
    for (int i = 0; i < MOST_CHANGES && from.remaining() >= CHANGE_BYTES; i++) {
      int sector = sectors[(from.getShort() & 0xFFFF) % sectors.length];
      int where = from.getShort() & 0xFFFF;
      byte[] value = new byte[Long.BYTES];
      from.get(value);
      int length = 1 + (where >>> 13);
      int at = Math.min(where % SECTOR, SECTOR - length);
      changed.put((long) sector * SECTOR + at, Arrays.copyOf(value, length));
    }
    return changed;
  }
}
