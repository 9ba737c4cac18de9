package org.diskferry.station.task;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.diskferry.station.Digests;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;

/// A file of our own, to be stored.
public final class FileBody implements Body, AutoCloseable {
  private static final int STEP = 64 << 10;

  private final FileChannel channel;
  private final long size;

  private FileBody(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  /// Opens the file, which must not change meanwhile.
  public static FileBody open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    return new FileBody(channel, channel.size());
  }

  /// Stores the file at `path` under a key, with what it is known to hash to.
  public static void store(
      Path path, ObjectStore store, BucketName bucket, ObjectKey key, String contentType)
      throws StoreException, IOException {
    try (FileBody body = open(path)) {
      store.put(bucket, key, Headers.ofType(contentType), body, body.checksum());
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, ByteBuffer target) throws IOException {
    long at = position;
    while (target.hasRemaining()) {
      int count = channel.read(target, at);
      if (count < 0) {
        throw new EOFException("the file ends at byte " + at);
      }
      at += count;
    }
  }

  /// Of all its bytes.
  public Checksum checksum() throws IOException {
    MessageDigest md5 = Digests.md5();
    CRC32C crc = new CRC32C();
    ByteBuffer step = ByteBuffer.allocate(STEP);
    for (long at = 0; at < size; at += step.limit()) {
      step.clear().limit((int) Math.min(STEP, size - at));
      read(at, step);
      md5.update(step.flip().duplicate());
      crc.update(step.duplicate());
    }
    return new Checksum(crc.getValue(), HexFormat.of().formatHex(md5.digest()));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
