package org.diskferry.mkfs.ntfs;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.diskferry.mkfs.fill.FillerException;
import org.diskferry.mkfs.fill.MetadataDevice;
import org.jspecify.annotations.Nullable;

/// The ten calls by which libntfs-3g uses a device (`struct ntfs_device_operations`), answered from
/// a [MetadataDevice]. Nothing is thrown through the library: the first failure is kept, every call
/// after it fails, and whoever called the library asks [#check].
@SuppressWarnings({"restricted", "UnusedVariable", "UnusedMethod"}) // called by the library alone
final class DeviceUpcalls {
  private static final int FAILED = -1;
  private static final int OFFSET_OF_STATE = 8;
  private static final long OPEN = 1;

  // Linux' generic requests; those that have 8 bytes have the size in their number.
  private static final long BLKSSZGET = 0x1268;
  private static final long BLKGETSIZE64 = 0x80081272L;

  private static final int SEEK_SET = 0;
  private static final int SEEK_CUR = 1;

  private final MetadataDevice device;
  private final int sectorSize;
  private long position;
  private @Nullable Throwable failure;

  DeviceUpcalls(MetadataDevice device, int sectorSize) {
    this.device = device;
    this.sectorSize = sectorSize;
  }

  /// The table of the calls, in the order of the header.
  MemorySegment table(Arena arena) {
    MemorySegment[] calls = {
      call(arena, "open", JAVA_INT, ADDRESS, JAVA_INT),
      call(arena, "close", JAVA_INT, ADDRESS),
      call(arena, "seek", JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT),
      call(arena, "read", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG),
      call(arena, "write", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG),
      call(arena, "pread", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG),
      call(arena, "pwrite", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG),
      call(arena, "sync", JAVA_INT, ADDRESS),
      call(arena, "stat", JAVA_INT, ADDRESS, ADDRESS),
      call(arena, "ioctl", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS)
    };
    MemorySegment table = arena.allocate(ADDRESS, calls.length);
    for (int i = 0; i < calls.length; i++) {
      table.setAtIndex(ADDRESS, i, calls[i]);
    }
    return table;
  }

  private MemorySegment call(
      Arena arena, String name, MemoryLayout result, MemoryLayout... arguments) {
    FunctionDescriptor shape = FunctionDescriptor.of(result, arguments);
    MethodType type = shape.toMethodType();
    try {
      return Linker.nativeLinker()
          .upcallStub(MethodHandles.lookup().bind(this, name, type), shape, arena);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Throws what went wrong beneath the library, if anything did.
  void check() throws FillerException {
    Throwable first = failure;
    if (first instanceof FillerException e) {
      throw e;
    }
    if (first != null) {
      throw new FillerException("the device failed: " + first, first);
    }
  }

  private int open(MemorySegment self, int flags) {
    MemorySegment state = self.reinterpret(OFFSET_OF_STATE + Long.BYTES);
    state.set(JAVA_LONG, OFFSET_OF_STATE, state.get(JAVA_LONG, OFFSET_OF_STATE) | OPEN);
    return 0;
  }

  private int close(MemorySegment self) {
    MemorySegment state = self.reinterpret(OFFSET_OF_STATE + Long.BYTES);
    state.set(JAVA_LONG, OFFSET_OF_STATE, state.get(JAVA_LONG, OFFSET_OF_STATE) & ~OPEN);
    return 0;
  }

  private long seek(MemorySegment self, long offset, int whence) {
    long base =
        switch (whence) {
          case SEEK_SET -> 0;
          case SEEK_CUR -> position;
          default -> device.size();
        };
    if (base + offset < 0 || base + offset > device.size()) {
      return FAILED;
    }
    position = base + offset;
    return position;
  }

  private long read(MemorySegment self, MemorySegment target, long count) {
    long done = pread(self, target, count, position);
    position += Math.max(0, done);
    return done;
  }

  private long write(MemorySegment self, MemorySegment source, long count) {
    long done = pwrite(self, source, count, position);
    position += Math.max(0, done);
    return done;
  }

  private long pread(MemorySegment self, MemorySegment target, long count, long offset) {
    if (failure != null || offset < 0 || offset > device.size()) {
      return FAILED;
    }
    try {
      long inside = Math.min(count, device.size() - offset);
      device.read(offset, target.reinterpret(inside).asByteBuffer());
      return inside;
    } catch (FillerException | RuntimeException | Error e) {
      failure = e;
      return FAILED;
    }
  }

  private long pwrite(MemorySegment self, MemorySegment source, long count, long offset) {
    if (failure != null || offset < 0 || offset > device.size() - count) {
      return FAILED;
    }
    try {
      device.write(offset, source.reinterpret(count).asByteBuffer());
      return count;
    } catch (FillerException | RuntimeException | Error e) {
      failure = e;
      return FAILED;
    }
  }

  private int sync(MemorySegment self) {
    return failure == null ? 0 : FAILED;
  }

  // The library asks for a type only when it does not know the size.
  private int stat(MemorySegment self, MemorySegment buffer) {
    return FAILED;
  }

  private int ioctl(MemorySegment self, long request, MemorySegment argument) {
    if (request == BLKGETSIZE64) {
      argument.reinterpret(Long.BYTES).set(JAVA_LONG, 0, device.size());
      return 0;
    }
    if (request == BLKSSZGET) {
      argument.reinterpret(Integer.BYTES).set(JAVA_INT, 0, sectorSize);
      return 0;
    }
    return FAILED;
  }
}
