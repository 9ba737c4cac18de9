package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.MediaException;

/// LZNT1 as [MS-XCA] 2.5 defines it: chunks of 4 KiB, each with a head of two bytes, stored or
/// compressed.
final class Lznt1 {
  private static final int CHUNK = 4096;
  private static final int COMPRESSED = 0x8000;
  private static final int SIGNATURE_MASK = 0x7000;
  private static final int SIGNATURE = 0x3000;
  private static final int SIZE_MASK = 0x0FFF;

  private final ByteBuffer packed;
  private final byte[] plain;
  private int at;

  private Lznt1(ByteBuffer packed, byte[] plain) {
    this.packed = packed.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.plain = plain;
  }

  /// Unpacks all chunks of `packed` into `plain`. A chunk that unpacks to less than 4 KiB is
  /// followed by zeros up to its end, as the format defines.
  ///
  /// @return how many bytes of `plain`, a multiple of 4 KiB, the chunks stand for
  static int unpack(ByteBuffer packed, byte[] plain) throws MediaException {
    return new Lznt1(packed, plain).unpack();
  }

  private int unpack() throws MediaException {
    int chunkStart = 0;
    while (chunkStart < plain.length && packed.limit() - at >= 2) {
      int head = packed.getShort(at) & 0xFFFF;
      if (head == 0) {
        break;
      }
      at += 2;
      int end = at + (head & SIZE_MASK) + 1;
      if ((head & SIGNATURE_MASK) != SIGNATURE || end > packed.limit()) {
        throw MediaException.damaged("compressed data: chunk head %04X".formatted(head));
      }
      int chunkEnd = Math.min(plain.length, chunkStart + CHUNK);
      if ((head & COMPRESSED) != 0) {
        unpackChunk(end, chunkStart, chunkEnd);
      } else {
        copyChunk(end, chunkStart, chunkEnd);
      }
      chunkStart += CHUNK;
      at = end;
    }
    return Math.min(chunkStart, plain.length);
  }

  private void copyChunk(int end, int chunkStart, int chunkEnd) throws MediaException {
    int length = end - at;
    if (length > chunkEnd - chunkStart) {
      throw MediaException.damaged("compressed data: a stored chunk of " + length + " bytes");
    }
    packed.get(at, plain, chunkStart, length);
  }

  private void unpackChunk(int end, int chunkStart, int chunkEnd) throws MediaException {
    int out = chunkStart;
    while (at < end) {
      int flags = packed.get(at++) & 0xFF;
      for (int bit = 0; bit < 8 && at < end; bit++, flags >>>= 1) {
        if ((flags & 1) == 0) {
          checkRoom(out, 1, chunkEnd);
          plain[out++] = packed.get(at++);
        } else {
          out = copyMatch(end, chunkStart, out, chunkEnd);
        }
      }
    }
  }

  // The further into the chunk, the more of the 16 bits are distance and the fewer length.
  private int copyMatch(int end, int chunkStart, int out, int chunkEnd) throws MediaException {
    if (end - at < 2 || out == chunkStart) {
      throw MediaException.damaged("compressed data: a copy of nothing");
    }
    int pair = packed.getShort(at) & 0xFFFF;
    at += 2;
    int distanceBits = Math.max(4, 32 - Integer.numberOfLeadingZeros(out - chunkStart - 1));
    int lengthBits = 16 - distanceBits;
    int distance = (pair >>> lengthBits) + 1;
    int length = (pair & ((1 << lengthBits) - 1)) + 3;
    if (distance > out - chunkStart) {
      throw MediaException.damaged("compressed data: a copy from before its chunk");
    }
    checkRoom(out, length, chunkEnd);
    for (int i = 0; i < length; i++) {
      plain[out + i] = plain[out + i - distance];
    }
    return out + length;
  }

  private static void checkRoom(int out, int length, int chunkEnd) throws MediaException {
    if (length > chunkEnd - out) {
      throw MediaException.damaged("compressed data: more than a chunk holds");
    }
  }
}
