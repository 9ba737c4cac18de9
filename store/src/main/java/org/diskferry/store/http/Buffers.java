package org.diskferry.store.http;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Buffers that requests are written through, used again and again: direct memory is dear to get
/// and slow to be given back. Holds as many as were ever in use at once.
final class Buffers {
  /// A head and a small body fit in, so that a small object is one system call. For large bodies 64
  /// KiB to 1 MiB were measured to cost the same.
  static final int SIZE = 128 << 10;

  private final ConcurrentLinkedDeque<ByteBuffer> idle = new ConcurrentLinkedDeque<>();

  /// An empty buffer of [#SIZE] bytes.
  ByteBuffer take() {
    ByteBuffer used = idle.pollFirst();
    return used == null ? ByteBuffer.allocateDirect(SIZE) : used.clear();
  }

  /// Nobody may use the buffer any more.
  void give(ByteBuffer buffer) {
    idle.addFirst(buffer);
  }
}
