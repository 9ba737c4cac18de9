package org.diskferry.media.block.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Map;

/// The few calls of the C library that Java has no equivalent for. Every method answers the call's
/// result, or the negated `errno` where it failed. Constants are those of Linux on x86-64 and
/// aarch64 where both agree; `O_DIRECT` differs and is looked up by architecture.
@SuppressWarnings("restricted") // native calls are what this class is for
final class Libc {
  static final int O_RDONLY = 0;
  static final int O_RDWR = 2;
  static final int O_EXCL = 0x80;
  static final int O_CLOEXEC = 0x80000;
  static final int O_DIRECT = "aarch64".equals(System.getProperty("os.arch")) ? 0x10000 : 0x4000;
  static final int LOCK_SH = 1;
  static final int LOCK_EX = 2;
  static final int LOCK_NB = 4;
  static final int POSIX_FADV_DONTNEED = 4;
  static final int SEEK_DATA = 3;
  static final int SEEK_HOLE = 4;

  /// `_IO(0x12, 97)`: flush the buffers of a block device.
  static final long BLKFLSBUF = 0x1261;

  /// `_IO(0x12, 127)`: write zeros to a range of a block device.
  static final long BLKZEROOUT = 0x127F;

  static final int EINTR = 4;
  static final int EIO = 5;
  static final int ENXIO = 6;
  static final int EAGAIN = 11;
  static final int EBUSY = 16;
  static final int ENODEV = 19;
  static final int EINVAL = 22;
  static final int ENOSPC = 28;
  static final int EREMOTEIO = 121;
  static final int ENOMEDIUM = 123;

  private static final Map<Integer, String> NAMES =
      Map.of(
          1,
          "not permitted",
          2,
          "no such file",
          EIO,
          "input/output error",
          ENXIO,
          "no such device",
          EAGAIN,
          "in use by another process",
          13,
          "permission denied",
          EBUSY,
          "in use",
          ENODEV,
          "no such device",
          EINVAL,
          "not supported",
          30,
          "read-only");

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");

  private static final MethodHandle OPEN =
      function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), true);
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), false);
  private static final MethodHandle PREAD =
      function(
          "pread",
          FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG),
          false);
  private static final MethodHandle PWRITE =
      function(
          "pwrite",
          FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG),
          false);
  private static final MethodHandle LSEEK =
      function("lseek", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT), false);
  private static final MethodHandle FSYNC =
      function("fsync", FunctionDescriptor.of(JAVA_INT, JAVA_INT), false);
  private static final MethodHandle FLOCK =
      function("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), false);
  private static final MethodHandle FADVISE =
      function(
          "posix_fadvise",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT),
          false);
  private static final MethodHandle IOCTL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("ioctl"),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          CAPTURE,
          Linker.Option.firstVariadicArg(2));

  private Libc() {}

  private static MethodHandle function(String name, FunctionDescriptor shape, boolean variadic) {
    MemorySegment address = LINKER.defaultLookup().findOrThrow(name);
    return variadic
        ? LINKER.downcallHandle(
            address, shape, CAPTURE, Linker.Option.firstVariadicArg(shape.argumentLayouts().size()))
        : LINKER.downcallHandle(address, shape, CAPTURE);
  }

  /// Opens; the answer is a descriptor.
  static int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment name = arena.allocateFrom(path);
      int result = (int) OPEN.invokeExact(state, name, flags);
      return result < 0 ? -errno(state) : result;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int close(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) CLOSE.invokeExact(state, descriptor);
      return result < 0 ? -errno(state) : result;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// Reads; the answer is a number of bytes, 0 at the end.
  static long pread(int descriptor, MemorySegment target, long offset) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result;
      do {
        result = (long) PREAD.invokeExact(state, descriptor, target, target.byteSize(), offset);
      } while (result < 0 && errno(state) == EINTR);
      return result < 0 ? -errno(state) : result;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// Writes; the answer is a number of bytes.
  static long pwrite(int descriptor, MemorySegment source, long offset) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result;
      do {
        result = (long) PWRITE.invokeExact(state, descriptor, source, source.byteSize(), offset);
      } while (result < 0 && errno(state) == EINTR);
      return result < 0 ? -errno(state) : result;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// Moves the descriptor's own position, which nothing here uses; the answer is where it is then.
  static long lseek(int descriptor, long offset, int whence) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result = (long) LSEEK.invokeExact(state, descriptor, offset, whence);
      return result < 0 ? -errno(state) : result;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int fsync(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) FSYNC.invokeExact(state, descriptor);
      return result < 0 ? -errno(state) : result;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int flock(int descriptor, int operation) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) FLOCK.invokeExact(state, descriptor, operation);
      return result < 0 ? -errno(state) : result;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// Gives advice on the whole file; unlike its neighbours the call returns its error itself.
  static int fadvise(int descriptor, int advice) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return -(int) FADVISE.invokeExact(state, descriptor, 0L, 0L, advice);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int ioctl(int descriptor, long request, MemorySegment argument) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) IOCTL.invokeExact(state, descriptor, request, argument);
      return result < 0 ? -errno(state) : result;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// What a negated `errno` means, for people.
  static String explain(long result) {
    int errno = Math.toIntExact(-result);
    return NAMES.getOrDefault(errno, "error " + errno);
  }

  private static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  private static IllegalStateException broken(Throwable e) {
    return new IllegalStateException("a call of the C library could not be made", e);
  }
}
