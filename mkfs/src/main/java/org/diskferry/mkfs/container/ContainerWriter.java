package org.diskferry.mkfs.container;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.Reservation;
import org.diskferry.mkfs.VolumeWriter;

/// The volume inside a container, being filled. Closing it wipes the container's keys.
public final class ContainerWriter implements VolumeWriter {
  private final VolumeWriter inner;
  private final BlockDevice inside;
  private final Runnable wipe;

  ContainerWriter(VolumeWriter inner, BlockDevice inside, Runnable wipe) {
    this.inner = inner;
    this.inside = inside;
    this.wipe = wipe;
  }

  /// The bytes that the inner volume lies in, decrypted; for reading back what was written. They
  /// are gone when this is closed.
  public BlockDevice inside() {
    return inside;
  }

  @Override
  public Reservation reserve(FilePath path, long size, Instant modified) throws MkfsException {
    return inner.reserve(path, size, modified);
  }

  @Override
  public void write(long file, long position, ByteBuffer bytes) throws MkfsException {
    inner.write(file, position, bytes);
  }

  @Override
  public void date(long file, Instant modified) throws MkfsException {
    inner.date(file, modified);
  }

  @Override
  public void finish(long file) throws MkfsException {
    inner.finish(file);
  }

  @Override
  public void finishUnwritten(long file) throws MkfsException {
    inner.finishUnwritten(file);
  }

  @Override
  public void withdraw(long file) throws MkfsException {
    inner.withdraw(file);
  }

  @Override
  public boolean remove(FilePath path) throws MkfsException {
    return inner.remove(path);
  }

  @Override
  public long free() throws MkfsException {
    return inner.free();
  }

  @Override
  public void checkpoint() throws MkfsException {
    inner.checkpoint();
  }

  @Override
  public void abandon() {
    inner.abandon();
    wipe.run();
  }

  @Override
  public void close() throws MkfsException {
    try {
      inner.close();
    } finally {
      wipe.run();
    }
  }
}
