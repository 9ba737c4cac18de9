package org.diskferry.media.fs.ntfs;

import org.diskferry.media.MediaException;

/// The plain bytes of a chunk while it is unpacked: what was put so far can be copied from.
final class Window {
  private final byte[] bytes;
  private int at;

  Window(int length) {
    this.bytes = new byte[length];
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return at;
  }

  int room() {
    return bytes.length - at;
  }

  boolean isFull() {
    return at == bytes.length;
  }

  void put(byte one) throws MediaException {
    checkRoom(1);
    bytes[at++] = one;
  }

  /// Copies `length` bytes that were put `distance` bytes ago, those that it puts itself included.
  void copy(int distance, int length) throws MediaException {
    if (distance <= 0 || distance > at) {
      throw MediaException.damaged("compressed data: a copy from before its chunk");
    }
    checkRoom(length);
    if (distance >= length) {
      System.arraycopy(bytes, at - distance, bytes, at, length);
      at += length;
    } else {
      for (int end = at + length; at < end; at++) {
        bytes[at] = bytes[at - distance];
      }
    }
  }

  /// Takes whole bytes from `bits`.
  void fill(PackedBits bits, int length) throws MediaException {
    checkRoom(length);
    bits.takeBytes(bytes, at, length);
    at += length;
  }

  private void checkRoom(int length) throws MediaException {
    if (length < 0 || length > room()) {
      throw MediaException.damaged("compressed data: more than a chunk holds");
    }
  }
}
