package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;

/// One name of a file, and the directory that it is in.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 8 | directory |
/// | 64 | 1 | length in units |
/// | 65 | 1 | whose rules it follows: 0 POSIX, 1 Windows, 2 DOS, 3 both |
/// | 66 | … | units |
///
/// @param parent the directory
/// @param units UTF-16 as stored, unpaired surrogates included
/// @param rules see above
record FileNameAttribute(FileReference parent, String units, int rules) {
  private static final int HEADER = 66;
  private static final int DOS = 2;

  static FileNameAttribute read(ByteBuffer value, String what) throws MediaException {
    int length = value.limit() < HEADER ? 0 : 2 * (value.get(64) & 0xFF);
    if (length == 0 || length > value.limit() - HEADER) {
      throw MediaException.damaged(what + ": a name of " + length + " bytes");
    }
    char[] units = new char[length / 2];
    value.slice(HEADER, length).order(value.order()).asCharBuffer().get(units);
    return new FileNameAttribute(
        FileReference.of(value.getLong(0)), new String(units), value.get(65) & 0xFF);
  }

  /// Whether this is only the short name beside a long one.
  boolean isDosOnly() {
    return rules == DOS;
  }
}
