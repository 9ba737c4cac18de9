package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;

/// Where a record of the attributes file belongs.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 2 | 4 | CNID |
/// | 6 | 4 | first block, for the records in which runs go on |
/// | 10 | 2 | units of the name that follows |
record AttributeKey(long cnid, long from, String name) implements Comparable<AttributeKey> {
  private static final int NAME = 12;

  static AttributeKey read(ByteBuffer key) throws MediaException {
    int length = key.capacity() < NAME ? -1 : Fields.u16(key, 10);
    if (length < 0 || NAME + 2 * length > key.capacity()) {
      throw MediaException.damaged("a key of " + key.capacity() + " bytes in the attributes file");
    }
    return new AttributeKey(
        Fields.u32(key, 2), Fields.u32(key, 6), Fields.units(key, NAME, length));
  }

  @Override
  public int compareTo(AttributeKey other) {
    int order = Long.compare(cnid, other.cnid);
    if (order == 0) {
      order = name.compareTo(other.name);
    }
    return order != 0 ? order : Long.compare(from, other.from);
  }
}
