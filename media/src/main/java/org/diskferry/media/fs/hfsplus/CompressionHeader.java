package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.MediaException;

/// What stands at the start of a file's `com.apple.decmpfs` attribute, little-endian.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | `cmpf` as a number: `fpmc` on the disk |
/// | 4 | 4 | method |
/// | 8 | 8 | size of the file |
///
/// @param number of the method, as stored
/// @param size bytes when expanded
/// @param rest what follows: the compressed bytes, for methods that keep them here
record CompressionHeader(int number, long size, ByteBuffer rest) {
  static final String ATTRIBUTE = "com.apple.decmpfs";
  private static final int MAGIC = 0x636D_7066;
  private static final int LENGTH = 16;

  static CompressionHeader read(ByteBuffer attribute) throws MediaException {
    if (attribute.capacity() < LENGTH) {
      throw MediaException.damaged("its compression header has " + attribute.capacity() + " bytes");
    }
    ByteBuffer bytes = attribute.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long size = bytes.getLong(8);
    if (bytes.getInt(0) != MAGIC || size < 0) {
      throw MediaException.damaged("its compression header is damaged");
    }
    return new CompressionHeader(
        bytes.getInt(4), size, attribute.slice(LENGTH, attribute.capacity() - LENGTH));
  }

  CompressionMethod method() {
    return CompressionMethod.of(number);
  }
}
