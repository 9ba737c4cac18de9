package org.diskferry.station.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/// Memory for contents on their way, in pieces of one size that are used again. Who asks waits in
/// line until enough is free; who holds some must never ask for more.
final class Slabs {
  /// Below half of the smallest region of the collector (1 MiB), so that no slab is a large object.
  static final int BYTES = 256 << 10;

  private final Semaphore free;
  private final ConcurrentLinkedQueue<byte[]> idle = new ConcurrentLinkedQueue<>();

  Slabs(int memoryBytes) {
    this.free = new Semaphore(memoryBytes / BYTES, true);
  }

  static int countFor(long bytes) {
    return Math.toIntExact(Math.ceilDiv(bytes, (long) BYTES));
  }

  List<byte[]> take(int count) {
    free.acquireUninterruptibly(count);
    List<byte[]> slabs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] used = idle.poll();
      slabs.add(used == null ? new byte[BYTES] : used);
    }
    return slabs;
  }

  void give(List<byte[]> slabs) {
    idle.addAll(slabs);
    free.release(slabs.size());
  }
}
