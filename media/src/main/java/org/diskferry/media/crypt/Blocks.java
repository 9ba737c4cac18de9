package org.diskferry.media.crypt;

/// A block cipher with its key and its direction, on many blocks of 16 bytes at once, each by
/// itself (ECB). Not thread-safe.
interface Blocks {
  /// Bytes of a block, for every cipher here.
  int BLOCK = 16;

  /// Transforms `length` bytes, a multiple of [#BLOCK]. The arrays are two different ones.
  void transform(byte[] in, int inOffset, int length, byte[] out, int outOffset);
}
