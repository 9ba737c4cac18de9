package org.diskferry.media.block.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockDevice;
import org.jspecify.annotations.Nullable;

/// An image or a disk behind one descriptor, and a second one that bypasses the cache once
/// [#dropCache] was asked for.
final class LinuxDevice implements BlockDevice {
  /// Buffer for heap targets and for reads past the cache: large enough that the copy, not the
  /// call, costs the time.
  private static final int BUFFER = 1 << 20;

  /// Reads past the cache must begin and end at multiples of this: the largest sector in use.
  private static final int ALIGNMENT = 4096;

  /// As many as threads read at once in practice; further ones wait.
  private static final int BUFFERS = 8;

  private final Target target;
  private final Descriptor descriptor;
  private final long size;
  private final int sectorSize;
  private final Arena memory = Arena.ofShared();
  private final BlockingQueue<MemorySegment> buffers = new ArrayBlockingQueue<>(BUFFERS);
  private volatile @Nullable Descriptor pastCache;

  LinuxDevice(Target target, Descriptor descriptor, long size, int sectorSize) {
    this.target = target;
    this.descriptor = descriptor;
    this.size = size;
    this.sectorSize = sectorSize;
    for (int i = 0; i < BUFFERS; i++) {
      buffers.add(memory.allocate(BUFFER, ALIGNMENT));
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int sectorSize() {
    return sectorSize;
  }

  @Override
  public void read(long offset, ByteBuffer into) throws MediaException {
    Objects.checkFromIndexSize(offset, (long) into.remaining(), size);
    try {
      readAny(offset, into);
    } catch (MediaException e) {
      throw e.trouble() == Trouble.UNREADABLE && target.hasLeft() ? gone(e) : e;
    }
  }

  // A disk that was pulled fails with the same number as one with a bad sector.
  private MediaException gone(MediaException e) {
    return new MediaException(Trouble.GONE, e.getMessage() + ": the system has lost the device", e);
  }

  private void readAny(long offset, ByteBuffer into) throws MediaException {
    Descriptor direct = pastCache;
    if (direct != null) {
      readPastCache(direct, offset, into);
    } else if (into.isDirect()) {
      descriptor.readFully(offset, MemorySegment.ofBuffer(into));
      into.position(into.limit());
    } else {
      readThroughBuffer(offset, into);
    }
  }

  private void readThroughBuffer(long offset, ByteBuffer into) throws MediaException {
    MemorySegment buffer = borrow();
    try {
      long at = offset;
      while (into.hasRemaining()) {
        MemorySegment part = buffer.asSlice(0, Math.min(BUFFER, into.remaining()));
        descriptor.readFully(at, part);
        into.put(part.asByteBuffer());
        at += part.byteSize();
      }
    } finally {
      buffers.add(buffer);
    }
  }

  // Whole aligned blocks are read; only the end of an image may come short of one.
  private void readPastCache(Descriptor direct, long offset, ByteBuffer into)
      throws MediaException {
    MemorySegment buffer = borrow();
    try {
      long at = offset;
      while (into.hasRemaining()) {
        long start = at - at % ALIGNMENT;
        long wanted = Math.min(BUFFER, alignedUp(at - start + into.remaining()));
        long count = direct.readSome(start, buffer.asSlice(0, wanted));
        long length = Math.min(into.remaining(), start + count - at);
        if (length <= 0) {
          throw new MediaException(
              Trouble.GONE, target.name() + ": ends at byte " + (start + count));
        }
        into.put(buffer.asSlice(at - start, length).asByteBuffer());
        at += length;
      }
    } finally {
      buffers.add(buffer);
    }
  }

  private static long alignedUp(long length) {
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  @Override
  public void write(long offset, ByteBuffer from) throws MediaException {
    Objects.checkFromIndexSize(offset, (long) from.remaining(), size);
    if (from.isDirect()) {
      descriptor.writeFully(offset, MemorySegment.ofBuffer(from));
      from.position(from.limit());
      return;
    }
    MemorySegment buffer = borrow();
    try {
      long at = offset;
      while (from.hasRemaining()) {
        int length = Math.min(BUFFER, from.remaining());
        MemorySegment part = buffer.asSlice(0, length);
        part.asByteBuffer().put(from.slice(from.position(), length));
        from.position(from.position() + length);
        descriptor.writeFully(at, part);
        at += length;
      }
    } finally {
      buffers.add(buffer);
    }
  }

  @Override
  public void zero(long offset, long length) throws MediaException {
    Objects.checkFromIndexSize(offset, length, size);
    if (!target.isDisk() || !zeroedByKernel(offset, length)) {
      zeroByWriting(offset, length);
    }
  }

  private boolean zeroedByKernel(long offset, long length) {
    if (offset % sectorSize != 0 || length % sectorSize != 0) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment range = arena.allocate(2 * Long.BYTES, Long.BYTES);
      range.set(ValueLayout.JAVA_LONG, 0, offset);
      range.set(ValueLayout.JAVA_LONG, Long.BYTES, length);
      descriptor.call("zero", offset, fd -> Libc.ioctl(fd, Libc.BLKZEROOUT, range));
      return true;
    } catch (MediaException e) {
      // Whatever the command cannot do, plain writes can, or they fail with the place that is bad.
      return false;
    }
  }

  private void zeroByWriting(long offset, long length) throws MediaException {
    MemorySegment buffer = borrow();
    try {
      buffer.fill((byte) 0);
      for (long done = 0; done < length; ) {
        long count = Math.min(BUFFER, length - done);
        descriptor.writeFully(offset + done, buffer.asSlice(0, count));
        done += count;
      }
    } finally {
      buffers.add(buffer);
    }
  }

  @Override
  public void force() throws MediaException {
    descriptor.call("sync", 0, Libc::fsync);
  }

  @Override
  public boolean dropCache() throws MediaException {
    force();
    descriptor.call("drop cache", 0, fd -> Libc.fadvise(fd, Libc.POSIX_FADV_DONTNEED));
    if (target.isDisk()) {
      descriptor.call("flush", 0, fd -> Libc.ioctl(fd, Libc.BLKFLSBUF, MemorySegment.NULL));
    }
    if (pastCache == null) {
      pastCache = openPastCache();
    }
    return pastCache != null;
  }

  // Some file systems (a memory file system, a network one) cannot bypass their cache.
  private @Nullable Descriptor openPastCache() {
    Descriptor direct;
    try {
      direct = descriptor.reopen(Libc.O_RDONLY | Libc.O_DIRECT);
    } catch (IOException e) {
      return null;
    }
    MemorySegment buffer = borrow();
    try {
      direct.readSome(0, buffer.asSlice(0, ALIGNMENT));
      return direct;
    } catch (MediaException e) {
      direct.close();
      return null;
    } finally {
      buffers.add(buffer);
    }
  }

  private MemorySegment borrow() {
    try {
      return buffers.take();
    } catch (InterruptedException e) {
      // The reading thread is never interrupted by contract; whoever does it is wrong.
      throw new IllegalStateException("the thread that uses a device must not be interrupted", e);
    }
  }

  @Override
  public void close() {
    Descriptor direct = pastCache;
    if (direct != null) {
      direct.close();
    }
    descriptor.close();
  }

  @Override
  public String toString() {
    return target.name();
  }
}
