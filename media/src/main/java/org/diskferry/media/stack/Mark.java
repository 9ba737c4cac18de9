package org.diskferry.media.stack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// Something that stands on a volume, or does not.
@FunctionalInterface
interface Mark {
  /// Whether it stands on `volume`, which may be smaller than where it would.
  boolean stands(BlockSource volume) throws MediaException;

  /// The text at `offset`; negative: from the end.
  static Mark text(long offset, String text) {
    return bytes(offset, 1, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// The bytes, as hexadecimal digits, at `offset`; negative: from the end.
  static Mark hex(long offset, String digits) {
    return bytes(offset, 1, HexFormat.of().parseHex(digits));
  }

  /// The bytes at `offset` from the end, which is first rounded down to a multiple of `grain`.
  static Mark hexFromEnd(long offset, long grain, String digits) {
    return bytes(offset, grain, HexFormat.of().parseHex(digits));
  }

  private static Mark bytes(long offset, long grain, byte[] bytes) {
    return volume -> {
      long size = volume.size();
      long start = offset >= 0 ? offset : size - size % grain + offset;
      if (start < 0 || start > size - bytes.length) {
        return false;
      }
      byte[] found = new byte[bytes.length];
      volume.read(start, ByteBuffer.wrap(found));
      return Arrays.equals(found, bytes);
    };
  }

  /// All of `marks`.
  static Mark all(Mark... marks) {
    return volume -> {
      for (Mark mark : marks) {
        if (!mark.stands(volume)) {
          return false;
        }
      }
      return true;
    };
  }

  /// At least one of `marks`.
  static Mark any(Mark... marks) {
    return volume -> {
      for (Mark mark : marks) {
        if (mark.stands(volume)) {
          return true;
        }
      }
      return false;
    };
  }
}
