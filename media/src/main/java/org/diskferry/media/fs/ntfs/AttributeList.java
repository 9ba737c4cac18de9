package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.MediaException;

/// The list of all attributes of a file that has more than one record.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | type |
/// | 4 | 2 | length of the entry |
/// | 6 | 1 | length of the name in units |
/// | 7 | 1 | offset of the name |
/// | 8 | 8 | first virtual cluster of the part |
/// | 16 | 8 | record that holds it |
final class AttributeList {
  /// Windows refuses to let a list grow beyond this.
  static final int MOST_BYTES = 256 << 10;

  private static final int HEADER = 26;

  private AttributeList() {}

  /// Where one part is.
  record Entry(int type, String name, long firstVcn, FileReference holder) {}

  static List<Entry> read(ByteBuffer list) throws MediaException {
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    while (list.limit() - at >= HEADER) {
      int length = list.getShort(at + 4) & 0xFFFF;
      if (length < HEADER || length > list.limit() - at) {
        throw MediaException.damaged("attribute list: entry of " + length + " bytes at " + at);
      }
      entries.add(entry(list, at, length));
      at += length;
    }
    return entries;
  }

  private static Entry entry(ByteBuffer list, int at, int length) throws MediaException {
    int nameLength = 2 * (list.get(at + 6) & 0xFF);
    int nameOffset = list.get(at + 7) & 0xFF;
    if (nameLength > 0 && nameOffset + nameLength > length) {
      throw MediaException.damaged("attribute list: a name of " + nameLength + " bytes at " + at);
    }
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < nameLength; i += 2) {
      name.append(list.getChar(at + nameOffset + i));
    }
    return new Entry(
        list.getInt(at),
        name.toString(),
        list.getLong(at + 8),
        FileReference.of(list.getLong(at + 16)));
  }
}
