package org.diskferry.media.fs;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.Extent;

/// Reads any [Content] at any position: the one way from a file to its bytes.
public final class ContentReader {
  private final BlockSource volume;
  private final Content content;

  /// For `content` of a file on `volume`.
  public ContentReader(BlockSource volume, Content content) {
    this.volume = volume;
    this.content = content;
  }

  /// Bytes of the file; 0 for what is unreadable.
  public long size() {
    return switch (content) {
      case Content.Extents extents -> extents.size();
      case Content.Encoded encoded -> encoded.size();
      case Content.Inline inline -> inline.bytes().remaining();
      case Content.Unreadable _ -> 0;
    };
  }

  /// Fills `target` from byte `position` of the file on; the range must lie within [#size].
  ///
  /// @throws MediaException also for [Content.Unreadable], with its reason
  public void read(long position, ByteBuffer target) throws MediaException {
    Objects.checkFromIndexSize(position, (long) target.remaining(), size());
    switch (content) {
      case Content.Extents extents -> readRuns(extents.runs(), position, target);
      case Content.Encoded encoded -> encoded.read(position, target);
      case Content.Inline inline ->
          target.put(inline.bytes().slice(Math.toIntExact(position), target.remaining()));
      case Content.Unreadable unreadable ->
          throw new MediaException(Trouble.UNREADABLE, unreadable.reason());
    }
  }

  private void readRuns(List<Extent> runs, long position, ByteBuffer target) throws MediaException {
    int end = target.limit();
    long at = position;
    int index = firstRunEndingAfter(runs, position);
    while (target.hasRemaining()) {
      long remaining = (long) end - target.position();
      if (index < runs.size() && runs.get(index).logical() <= at) {
        Extent run = runs.get(index++);
        long length = Math.min(remaining, run.logicalEnd() - at);
        target.limit(target.position() + (int) length);
        volume.read(run.physical() + (at - run.logical()), target);
        target.limit(end);
        at += length;
      } else {
        long gapEnd = index < runs.size() ? runs.get(index).logical() : Long.MAX_VALUE;
        long length = Math.min(remaining, gapEnd - at);
        putZeros(target, (int) length);
        at += length;
      }
    }
  }

  private static int firstRunEndingAfter(List<Extent> runs, long position) {
    int low = 0;
    int high = runs.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (runs.get(middle).logicalEnd() <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static void putZeros(ByteBuffer target, int length) {
    int end = target.position() + length;
    while (end - target.position() >= Long.BYTES) {
      target.putLong(0);
    }
    while (target.position() < end) {
      target.put((byte) 0);
    }
  }
}
