package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Undoes what LZX does to machine code before it is packed: behind every byte E8 the target of the
/// call was made absolute, so that equal targets look alike. Done to whatever has such a byte, code
/// or not.
final class CallTranslation {
  private static final byte CALL = (byte) 0xE8;

  /// The size of file that images of Windows pretend.
  private static final int FILE_SIZE = 12_000_000;

  /// The last bytes of a chunk are never changed.
  private static final int TAIL = 10;

  private static final int CALL_LENGTH = 5;

  private CallTranslation() {}

  /// Changes one chunk, in place.
  static void undo(byte[] chunk) {
    ByteBuffer bytes = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (at < chunk.length - TAIL) {
      if (chunk[at] == CALL) {
        undo(bytes, at);
        at += CALL_LENGTH;
      } else {
        at++;
      }
    }
  }

  private static void undo(ByteBuffer bytes, int at) {
    int absolute = bytes.getInt(at + 1);
    if (absolute >= 0 && absolute < FILE_SIZE) {
      bytes.putInt(at + 1, absolute - at);
    } else if (absolute < 0 && absolute >= -at) {
      bytes.putInt(at + 1, absolute + FILE_SIZE);
    }
  }
}
