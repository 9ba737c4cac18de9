package org.diskferry.mkfs.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.diskferry.mkfs.fill.FillerException;

/// A block of a directory (`struct ext4_dir_entry_2`), with the tail that holds its checksum.
///
/// | offset | of an entry |
/// |---|---|
/// | 0 | inode, 0 for none |
/// | 4 | its length, 2 bytes |
/// | 6 | length of the name |
/// | 7 | kind of file |
/// | 8 | the name |
final class DirectoryBlock {
  static final byte FILE = 1;
  static final byte DIRECTORY = 2;

  private static final int HEAD = 8;
  private static final int TAIL = 12;
  private static final byte TAIL_KIND = (byte) 0xDE;

  private final ByteBuffer bytes;

  /// Where the last entry begins.
  private int last;

  private DirectoryBlock(byte[] content) {
    bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Sees entries go by.
  @FunctionalInterface
  interface Visitor {
    /// An entry that is in use.
    void entry(int inode, byte kind, byte[] name) throws FillerException;
  }

  /// One without entries.
  static DirectoryBlock empty(int size) {
    DirectoryBlock block = new DirectoryBlock(new byte[size]);
    block.bytes.putShort(4, (short) (size - TAIL));
    block.bytes.putShort(size - TAIL + 4, (short) TAIL);
    block.bytes.put(size - TAIL + 7, TAIL_KIND);
    return block;
  }

  /// One from the disk.
  static DirectoryBlock of(byte[] content) throws FillerException {
    DirectoryBlock block = new DirectoryBlock(content);
    int end = content.length - TAIL;
    int at = 0;
    while (at < end) {
      block.last = at;
      int length = block.length(at);
      if (length < HEAD || length % 4 != 0 || at + length > end) {
        throw new FillerException("an entry of a directory of ours has " + length + " bytes");
      }
      at += length;
    }
    return block;
  }

  byte[] content() {
    return bytes.array();
  }

  private int length(int at) {
    return Short.toUnsignedInt(bytes.getShort(at + 4));
  }

  /// Bytes that an entry of that name takes.
  static int room(int nameLength) {
    return HEAD + Math.ceilDiv(nameLength, 4) * 4;
  }

  boolean isEmpty() {
    return last == 0 && bytes.getInt(0) == 0;
  }

  /// Appends an entry; false where there is no room.
  boolean add(int inode, byte kind, byte[] name) {
    int used = bytes.getInt(last) == 0 ? 0 : room(Byte.toUnsignedInt(bytes.get(last + 6)));
    int free = length(last) - used;
    if (free < room(name.length)) {
      return false;
    }
    if (used > 0) {
      bytes.putShort(last + 4, (short) used);
      last += used;
    }
    bytes.putInt(last, inode);
    bytes.putShort(last + 4, (short) free);
    bytes.put(last + 6, (byte) name.length);
    bytes.put(last + 7, kind);
    bytes.put(last + HEAD, name);
    return true;
  }

  /// Takes an entry out; the answer is its inode, 0 where there is none of that name.
  int remove(byte[] name) {
    int before = -1;
    int at = 0;
    while (true) {
      if (bytes.getInt(at) != 0 && Arrays.equals(name(at), name)) {
        int inode = bytes.getInt(at);
        drop(before, at);
        return inode;
      }
      if (at == last) {
        return 0;
      }
      before = at;
      at += length(at);
    }
  }

  private void drop(int before, int at) {
    if (before < 0) {
      bytes.putInt(at, 0);
      return;
    }
    bytes.putShort(before + 4, (short) (length(before) + length(at)));
    if (last == at) {
      last = before;
    }
  }

  void visit(Visitor visitor) throws FillerException {
    int at = 0;
    while (true) {
      if (bytes.getInt(at) != 0) {
        visitor.entry(bytes.getInt(at), bytes.get(at + 7), name(at));
      }
      if (at == last) {
        return;
      }
      at += length(at);
    }
  }

  private byte[] name(int at) {
    byte[] name = new byte[Byte.toUnsignedInt(bytes.get(at + 6))];
    bytes.get(at + HEAD, name);
    return name;
  }
}
