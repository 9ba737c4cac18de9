package org.diskferry.media.fs.chain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// Reads directories record by record, no cluster twice. What cannot be read costs the records that
/// lie in those sectors.
final class DirectoryReader {
  /// Most directories end within this.
  private static final int FIRST_PIECE = 8 << 10;

  private static final int LARGEST_PIECE = 128 << 10;

  private final BlockSource volume;
  private final Chains chains;
  private final Budget budget;
  private final ClusterSet passed;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(LARGEST_PIECE).order(ByteOrder.LITTLE_ENDIAN);

  /// `volume` as long as it claims to be.
  DirectoryReader(BlockSource volume, Chains chains) {
    this.volume = volume;
    this.chains = chains;
    this.budget = chains.budget();
    this.passed = new ClusterSet(chains.heap().end());
  }

  /// Bytes that are no clusters.
  void readFixed(long start, int length, RecordSink sink) throws MediaException {
    new Reading(sink).bytes(start, length);
    sink.end();
  }

  void read(Storage storage, RecordSink sink) throws MediaException {
    Reading reading = new Reading(sink);
    long needed =
        storage.size() == Storage.UNKNOWN
            ? Long.MAX_VALUE
            : chains.heap().clustersFor(Math.max(0, storage.size()));
    Chains.Ending ending =
        chains.walk(
            storage,
            (first, count) ->
                reading.clusters(first, Math.min(count, needed - reading.done))
                    && reading.done < needed);
    boolean isShort = storage.size() != Storage.UNKNOWN && reading.done < needed;
    switch (ending.end()) {
      case STOPPED -> {}
      case REACHED -> {
        if (isShort) {
          sink.lost(ending.reason() + " after %d of %d clusters".formatted(reading.done, needed));
        }
      }
      case BROKEN, CIRCLE -> sink.lost(ending.reason());
    }
    sink.end();
  }

  /// One directory.
  private final class Reading {
    private final RecordSink sink;
    private int piece = FIRST_PIECE;
    private long done;

    Reading(RecordSink sink) {
      this.sink = sink;
    }

    boolean clusters(long first, long count) throws MediaException {
      int size = chains.heap().clusterSize();
      long at = first;
      while (at < first + count) {
        long most = Math.min(first + count - at, Math.max(1, piece / size));
        int fresh = fresh(at, most);
        done += fresh;
        if (fresh > 0 && !bytes(chains.heap().position(at), (long) fresh * size)) {
          return false;
        }
        if (fresh < most) {
          sink.lost(
              "cluster %d is part of another directory, or of this one already"
                  .formatted(at + fresh));
          return false;
        }
        at += fresh;
      }
      return true;
    }

    private int fresh(long first, long most) throws MediaException {
      int fresh = 0;
      while (fresh < most && passed.add(first + fresh)) {
        budget.chargeStep();
        fresh++;
      }
      return fresh;
    }

    boolean bytes(long start, long length) throws MediaException {
      for (long at = 0; at < length; ) {
        int size = (int) Math.min(piece, length - at);
        if (!piece(start + at, size)) {
          return false;
        }
        at += size;
        piece = Math.min(LARGEST_PIECE, 2 * piece);
      }
      return true;
    }

    private boolean piece(long start, int size) throws MediaException {
      BitSet lostSectors = new BitSet();
      String[] why = {""};
      new Salvage(volume, budget)
          .read(
              start,
              buffer,
              0,
              size,
              (from, _, reason) -> {
                lostSectors.set(from / Salvage.SECTOR);
                why[0] = reason;
              });
      for (int at = 0; at < size; at += RecordSink.SIZE) {
        int sector = at / Salvage.SECTOR;
        if (lostSectors.get(sector)) {
          int good = Math.min(lostSectors.nextClearBit(sector) * Salvage.SECTOR, size);
          sink.lost("bytes %d to %d of the volume: %s".formatted(start + at, start + good, why[0]));
          at = good - RecordSink.SIZE;
        } else if (!sink.record(buffer, at, start + at)) {
          return false;
        }
      }
      return true;
    }
  }
}
