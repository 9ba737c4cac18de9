package org.diskferry.depot.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.diskferry.depot.blob.BlobReader;
import org.diskferry.depot.blob.Blobs;
import org.diskferry.depot.blob.Ledger;
import org.diskferry.depot.blob.Readers;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Piece;
import org.jspecify.annotations.Nullable;

/// The bytes of an object, or some of them, read blob after blob. Where a blob lies is asked for
/// when it is its turn, because blobs move. Closing it lets go of garbage that was kept for it.
final class ObjectContent implements Answer.Content {
  private final Index index;
  private final Blobs blobs;
  private final Readers.Reader reader;
  private final List<Piece> pieces;
  private final long end;
  private long at;
  private int turn;
  private @Nullable BlobReader open;

  ObjectContent(Index index, Blobs blobs, Readers.Reader reader, long content, ByteRange range) {
    this.index = index;
    this.blobs = blobs;
    this.reader = reader;
    this.at = range.from();
    this.end = range.end();
    this.pieces =
        range.length() == 0 ? List.of() : index.objects().pieces(content, range.from(), end);
  }

  @Override
  public Optional<ByteBuffer> next() throws IOException {
    if (at == end) {
      return Optional.empty();
    }
    if (turn == pieces.size()) {
      throw new S3Fault(S3Code.InternalError, "The object was replaced while it was read.");
    }
    Piece piece = pieces.get(turn);
    BlobReader blob = blob(piece);
    ByteBuffer bytes = blob.next(at - piece.at(), end - at);
    at += bytes.remaining();
    if (at == piece.at() + piece.length()) {
      closeBlob();
      turn++;
    }
    return Optional.of(bytes);
  }

  /// The bytes as a stream.
  InputStream stream() {
    return new InputStream() {
      private ByteBuffer ready = ByteBuffer.allocate(0);

      @Override
      public int read() throws IOException {
        return fill() ? Byte.toUnsignedInt(ready.get()) : -1;
      }

      @Override
      public int read(byte[] bytes, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, bytes.length);
        if (count > 0 && !fill()) {
          return -1;
        }
        int got = Math.min(count, ready.remaining());
        ready.get(bytes, from, got);
        return got;
      }

      private boolean fill() throws IOException {
        if (!ready.hasRemaining()) {
          ready = next().orElse(ready);
        }
        return ready.hasRemaining();
      }
    };
  }

  @Override
  public void close() throws IOException {
    reader.close();
    closeBlob();
  }

  private BlobReader blob(Piece piece) throws IOException {
    if (open != null) {
      return open;
    }
    Ledger.Blob blob =
        index
            .objects()
            .blob(piece.blob())
            .orElseThrow(() ->
                new S3Fault(S3Code.InternalError, "The object was replaced while it was read."));
    BlobReader opened = blobs.open(blob.location(), blob.sums());
    open = opened;
    return opened;
  }

  private void closeBlob() throws IOException {
    if (open != null) {
      BlobReader blob = open;
      open = null;
      blob.close();
    }
  }
}
