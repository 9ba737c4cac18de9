package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.ContentReader;

/// Content that CompactOS keeps in the stream `WofCompressedData` ("Windows overlay filter"): a
/// table of where each chunk but the first begins, counted from the table's end, then the chunks. A
/// chunk that is as long as its plain bytes is stored as it is. The same layout as a resource of a
/// WIM image; numbers in the table have 8 bytes where the plain content is of 4 GiB or more.
final class OverlayContent implements Content.Encoded {
  /// The stream.
  static final String STREAM = "WofCompressedData";

  private static final long SHORT_NUMBERS = 1L << 32;

  /// Part of the table that is kept, so that a reader who goes forwards reads it once.
  private static final int TABLE_PIECE = 4096;

  private final SystemCompression compression;
  private final long size;
  private final ContentReader packed;
  private final long chunkCount;
  private final int numberBytes;
  private final long tableBytes;
  private final Chunks chunks;
  private ByteBuffer piece = ByteBuffer.allocate(0);
  private long pieceStart;

  /// @param size plain bytes, positive
  /// @param packed all of the stream
  /// @throws MediaException where the stream cannot even hold its table
  OverlayContent(SystemCompression compression, long size, ContentReader packed)
      throws MediaException {
    this.compression = compression;
    this.size = size;
    this.packed = packed;
    this.chunkCount = (size - 1) / compression.chunkBytes() + 1;
    this.numberBytes = size < SHORT_NUMBERS ? Integer.BYTES : Long.BYTES;
    this.tableBytes = Math.multiplyExact(chunkCount - 1, (long) numberBytes);
    this.chunks = new Chunks(compression.chunkBytes(), this::unpacked);
    if (tableBytes >= packed.size()) {
      throw MediaException.damaged(
          "compressed by the system: %d bytes packed for %d plain ones"
              .formatted(packed.size(), size));
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, ByteBuffer target) throws MediaException {
    Objects.checkFromIndexSize(position, (long) target.remaining(), size());
    chunks.read(position, target);
  }

  private byte[] unpacked(long index) throws MediaException {
    int plain = (int) Math.min(compression.chunkBytes(), size - index * compression.chunkBytes());
    long start = start(index);
    long stored = start(index + 1) - start;
    if (stored <= 0 || stored > plain || start < 0 || start > packed.size() - tableBytes - stored) {
      throw MediaException.damaged(
          "compressed by the system: chunk %d of %d bytes at %d".formatted(index, stored, start));
    }
    byte[] bytes = new byte[(int) stored];
    packed.read(tableBytes + start, ByteBuffer.wrap(bytes));
    return stored == plain ? bytes : compression.unpack(bytes, bytes.length, plain);
  }

  private long start(long index) throws MediaException {
    if (index == 0) {
      return 0;
    }
    if (index == chunkCount) {
      return packed.size() - tableBytes;
    }
    long at = (index - 1) * numberBytes;
    if (at < pieceStart || at >= pieceStart + piece.limit()) {
      load(at / TABLE_PIECE * TABLE_PIECE);
    }
    int inPiece = (int) (at - pieceStart);
    return numberBytes == Integer.BYTES
        ? Integer.toUnsignedLong(piece.getInt(inPiece))
        : piece.getLong(inPiece);
  }

  private void load(long from) throws MediaException {
    int length = (int) Math.min(TABLE_PIECE, tableBytes - from);
    ByteBuffer next = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    packed.read(from, next);
    piece = next.flip();
    pieceStart = from;
  }
}
