package org.diskferry.media.fs.ntfs;

import java.util.Optional;
import org.diskferry.media.MediaException;

/// How CompactOS packed a file: by which method, in chunks of which size. Numbers are those of
/// `FILE_PROVIDER_EXTERNAL_INFO_V1` in the Windows driver kit.
enum SystemCompression {
  XPRESS_4K(0, 4 << 10),
  LZX_32K(1, Lzx.CHUNK),
  XPRESS_8K(2, 8 << 10),
  XPRESS_16K(3, 16 << 10);

  private final int number;
  private final int chunkBytes;

  SystemCompression(int number, int chunkBytes) {
    this.number = number;
    this.chunkBytes = chunkBytes;
  }

  static Optional<SystemCompression> of(int number) {
    for (SystemCompression one : values()) {
      if (one.number == number) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /// Plain bytes of a chunk; the last of a file may have fewer.
  int chunkBytes() {
    return chunkBytes;
  }

  /// Unpacks the first `stored` bytes of `packed` to exactly `length` bytes.
  byte[] unpack(byte[] packed, int stored, int length) throws MediaException {
    return switch (this) {
      case XPRESS_4K, XPRESS_8K, XPRESS_16K -> XpressHuffman.unpack(packed, 0, stored, length);
      case LZX_32K -> Lzx.unpack(packed, 0, stored, length);
    };
  }
}
