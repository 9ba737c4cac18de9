package org.diskferry.media.block.linux;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;

/// An open file descriptor, safe against a close that comes while another thread uses it: the
/// number is never used after it was given back. Errors name the device, the verb and the byte.
final class Descriptor implements AutoCloseable {
  private static final int CLOSED = -1;

  /// One call on the descriptor: its result, or a negated `errno`.
  interface Call {
    long with(int descriptor);
  }

  private final ReentrantReadWriteLock inUse = new ReentrantReadWriteLock();
  private final String name;
  private int number;

  private Descriptor(String name, int number) {
    this.name = name;
    this.number = number;
  }

  /// Opens `path`; `name` is what errors call it.
  static Descriptor open(String path, int flags, String name) throws IOException {
    int result = Libc.open(path, flags | Libc.O_CLOEXEC);
    if (result < 0) {
      throw new IOException(name + ": cannot be opened: " + Libc.explain(result));
    }
    return new Descriptor(name, result);
  }

  /// The same open file under other flags: the inode cannot be exchanged meanwhile.
  Descriptor reopen(int flags) throws IOException {
    inUse.readLock().lock();
    try {
      return open("/proc/self/fd/" + number, flags, name);
    } finally {
      inUse.readLock().unlock();
    }
  }

  /// Fills all of `target` from `offset` on.
  void readFully(long offset, MemorySegment target) throws MediaException {
    long done = 0;
    while (done < target.byteSize()) {
      long count = readSome(offset + done, target.asSlice(done));
      if (count == 0) {
        throw new MediaException(
            Trouble.GONE,
            name + ": ends at byte " + (offset + done) + ", it was longer when opened");
      }
      done += count;
    }
  }

  /// Reads once; the answer is a number of bytes, 0 at the end.
  long readSome(long offset, MemorySegment target) throws MediaException {
    return call("read", offset, fd -> Libc.pread(fd, target, offset));
  }

  /// Writes all of `source` at `offset`.
  void writeFully(long offset, MemorySegment source) throws MediaException {
    long done = 0;
    while (done < source.byteSize()) {
      long at = offset + done;
      MemorySegment rest = source.asSlice(done);
      done += call("write", at, fd -> Libc.pwrite(fd, rest, at));
    }
  }

  /// Makes `call`, which concerns byte `offset` and is known to people as `verb`.
  long call(String verb, long offset, Call call) throws MediaException {
    inUse.readLock().lock();
    try {
      if (number == CLOSED) {
        throw new MediaException(Trouble.GONE, name + ": was closed");
      }
      long result = call.with(number);
      if (result < 0) {
        throw new MediaException(
            troubleOf(result),
            "%s: %s at byte %d: %s".formatted(name, verb, offset, Libc.explain(result)));
      }
      return result;
    } finally {
      inUse.readLock().unlock();
    }
  }

  private static Trouble troubleOf(long result) {
    return switch (Math.toIntExact(-result)) {
      case Libc.ENXIO, Libc.ENODEV, Libc.ENOMEDIUM -> Trouble.GONE;
      default -> Trouble.UNREADABLE;
    };
  }

  @Override
  public void close() {
    inUse.writeLock().lock();
    try {
      if (number != CLOSED) {
        // A failing close of a descriptor loses nothing: what was written was forced, or not
        // promised.
        Libc.close(number);
        number = CLOSED;
      }
    } finally {
      inUse.writeLock().unlock();
    }
  }
}
