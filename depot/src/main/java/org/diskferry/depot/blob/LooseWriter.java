package org.diskferry.depot.blob;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes large blobs, one file each: written under `incoming`, synced, renamed, and the directory
/// synced. Only then the blob is staged.
final class LooseWriter {
  private static final Logger LOG = LoggerFactory.getLogger(LooseWriter.class);

  /// Read and written at a time: amortises the calls, and many uploads at once still fit.
  private static final int BUFFER = 128 * 1024;

  private final Directory directory;
  private final Disk disk;
  private final FailStop failStop;

  LooseWriter(Directory directory, Disk disk, FailStop failStop) {
    this.directory = directory;
    this.disk = disk;
    this.failStop = failStop;
  }

  /// Stages exactly `length` bytes of `body`, which must end there.
  Staged write(InputStream body, long length) throws IOException {
    failStop.check();
    UUID file = UUID.randomUUID();
    Path draft = directory.incoming(file);
    try {
      ChunkSums sums = fill(draft, body, length);
      publish(draft, file);
      Location location = new Location(file, false, 0, length);
      return Staged.blob(location, sums, () -> {}, () -> drop(directory.path(file, false)));
    } catch (IOException | RuntimeException e) {
      dropAfter(draft, e);
      throw e;
    }
  }

  private ChunkSums fill(Path draft, InputStream body, long length) throws IOException {
    ChunkSummer sums = new ChunkSummer(length);
    try (FileChannel file = create(draft);
        Writeback writeback = new Writeback(disk, file, failStop)) {
      byte[] buffer = new byte[(int) Math.min(BUFFER, length)];
      long left = length;
      while (left > 0) {
        int count = body.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new EOFException(
              "the body ended after %d of %d bytes".formatted(length - left, length));
        }
        sums.update(buffer, 0, count);
        append(file, ByteBuffer.wrap(buffer, 0, count));
        writeback.wrote(count);
        left -= count;
      }
      EndOfBody.expect(body, length);
      writeback.finish();
    }
    return sums.sums();
  }

  private FileChannel create(Path draft) throws IOException {
    try {
      return disk.create(draft);
    } catch (IOException e) {
      throw NoRoom.causes(e) ? NoRoom.whileWriting(e) : e;
    }
  }

  private void append(FileChannel file, ByteBuffer bytes) throws IOException {
    try {
      disk.append(file, bytes);
    } catch (IOException e) {
      throw NoRoom.causes(e) ? NoRoom.whileWriting(e) : e;
    }
  }

  private void publish(Path draft, UUID file) throws IOException {
    disk.rename(draft, directory.path(file, false));
    try {
      disk.syncDirectory(directory.looseRoom(file));
    } catch (IOException e) {
      throw failStop.fail("syncing the directory of loose file " + file, e);
    }
  }

  private void dropAfter(Path draft, Exception cause) {
    try {
      disk.delete(draft);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private void drop(Path file) {
    try {
      disk.delete(file);
    } catch (IOException e) {
      LOG.warn("{} is not needed and could not be removed; the next start will", file, e);
    }
  }
}
