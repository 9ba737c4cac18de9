package org.diskferry.media.fs.chain;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Content;

/// Content of a file in more pieces than are kept: its chain is followed again at every read, from
/// the nearest cluster that is remembered.
final class ChainedContent implements Content.Encoded {
  /// One cluster in this many is remembered: 8 KiB of heap for the largest file in the smallest
  /// clusters of FAT.
  private static final int STRIDE = 4096;

  private final BlockSource volume;
  private final ClusterHeap heap;
  private final Storage storage;
  private final Bounds bounds;
  private final AllocationTable table;
  private final long[] remembered;

  ChainedContent(BlockSource volume, Chains chains, Storage storage, Bounds bounds)
      throws MediaException {
    this.volume = volume;
    this.heap = chains.heap();
    this.storage = storage;
    this.bounds = bounds;
    this.table = chains.table().fresh(new Budget(bounds));
    this.remembered = remember(chains);
  }

  private long[] remember(Chains chains) throws MediaException {
    long clusters = heap.clustersFor(storage.size());
    long[] places = new long[Math.toIntExact(Math.ceilDiv(clusters, (long) STRIDE))];
    chains.walk(
        storage,
        new Chains.Runs() {
          private long passed;

          @Override
          public boolean run(long first, long count) {
            long next = Math.ceilDiv(passed, (long) STRIDE) * STRIDE;
            for (; next < passed + count && next < clusters; next += STRIDE) {
              places[(int) (next / STRIDE)] = first + (next - passed);
            }
            passed += count;
            return passed < clusters;
          }
        });
    return places;
  }

  @Override
  public long size() {
    return storage.size();
  }

  @Override
  public synchronized void read(long position, ByteBuffer target) throws MediaException {
    Objects.checkFromIndexSize(position, (long) target.remaining(), size());
    int limit = target.limit();
    AllocationTable spending = table.spending(new Budget(bounds));
    long at = position;
    if (at < storage.written() && target.hasRemaining()) {
      long cluster = cluster(spending, at / heap.clusterSize());
      while (true) {
        int inside = (int) (at % heap.clusterSize());
        long most = Math.min(heap.clusterSize() - inside, storage.written() - at);
        int length = (int) Math.min(most, limit - target.position());
        target.limit(target.position() + length);
        volume.read(heap.position(cluster) + inside, target);
        target.limit(limit);
        at += length;
        if (!target.hasRemaining() || at >= storage.written()) {
          break;
        }
        cluster = follow(spending, cluster);
      }
    }
    while (target.hasRemaining()) {
      target.put((byte) 0);
    }
  }

  private long cluster(AllocationTable spending, long index) throws MediaException {
    long cluster = remembered[(int) (index / STRIDE)];
    for (long i = index % STRIDE; i > 0; i--) {
      cluster = follow(spending, cluster);
    }
    return cluster;
  }

  private long follow(AllocationTable spending, long cluster) throws MediaException {
    long next = spending.next(cluster);
    if (!heap.holds(next)) {
      throw MediaException.damaged(
          "cluster %d leads to %d on a second look".formatted(cluster, next));
    }
    return next;
  }
}
