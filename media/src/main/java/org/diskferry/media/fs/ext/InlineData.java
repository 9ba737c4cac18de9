package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;

/// Content that lies in the inode: 60 bytes where the block numbers would be, the rest as the
/// extended attribute `system.data` (kernel documentation of ext4, "Inline Data").
///
/// @param head the 60 bytes
/// @param rest the attribute's value, which may be empty
record InlineData(ByteBuffer head, ByteBuffer rest) {
  private static final int ATTRIBUTES_MAGIC = 0xEA020000;
  private static final int ENTRY = 16;
  private static final int SYSTEM = 7;
  private static final byte[] DATA = {'d', 'a', 't', 'a'};

  static InlineData of(Inode inode) throws MediaException {
    return new InlineData(inode.blockField(), value(inode));
  }

  // Entries follow the magic; offsets of values count from the first entry.
  private static ByteBuffer value(Inode inode) throws MediaException {
    ByteBuffer attributes = inode.attributes();
    if (attributes.capacity() < 2 * Integer.BYTES || attributes.getInt(0) != ATTRIBUTES_MAGIC) {
      throw MediaException.damaged(inode + ": it is inline and has no attributes");
    }
    int at = Integer.BYTES;
    while (at + ENTRY <= attributes.capacity() && attributes.getInt(at) != 0) {
      int nameLength = Fields.u8(attributes, at);
      if (isData(attributes, at, nameLength)) {
        return value(inode, attributes, at);
      }
      at += (ENTRY + nameLength + 3) & ~3;
    }
    throw MediaException.damaged(inode + ": it is inline and has no data attribute");
  }

  private static boolean isData(ByteBuffer attributes, int at, int nameLength) {
    return nameLength == DATA.length
        && Fields.u8(attributes, at + 1) == SYSTEM
        && at + ENTRY + nameLength <= attributes.capacity()
        && attributes.slice(at + ENTRY, nameLength).equals(ByteBuffer.wrap(DATA));
  }

  private static ByteBuffer value(Inode inode, ByteBuffer attributes, int at)
      throws MediaException {
    long start = Integer.BYTES + (long) Fields.u16(attributes, at + 2);
    long inAnotherInode = Fields.u32(attributes, at + 4);
    long size = Fields.u32(attributes, at + 8);
    if (inAnotherInode != 0 || (size > 0 && start + size > attributes.capacity())) {
      throw MediaException.damaged(inode + ": its inline data leaves the inode");
    }
    return size == 0 ? ByteBuffer.allocate(0) : Fields.copy(attributes, (int) start, (int) size);
  }

  /// The first `size` bytes.
  ByteBuffer content(Inode inode, long size) throws MediaException {
    if (size < 0 || size > head.capacity() + rest.capacity()) {
      throw MediaException.damaged(
          "%s: it is inline and claims %d bytes of %d"
              .formatted(inode, size, head.capacity() + rest.capacity()));
    }
    ByteBuffer all = ByteBuffer.allocate(head.capacity() + rest.capacity());
    return all.put(head.duplicate()).put(rest.duplicate()).flip().limit((int) size);
  }
}
