package org.diskferry.mkfs.ext;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import org.diskferry.mkfs.fill.FillerException;
import org.diskferry.mkfs.fill.MetadataDevice;
import org.jspecify.annotations.Nullable;

/// How libext2fs uses a device (`struct_io_manager` and `struct_io_channel` of `ext2_io.h`),
/// answered from a [MetadataDevice]. Nothing is thrown through the library: the first failure is
/// kept, every call after it fails, and whoever called the library asks [#check].
///
/// | offset | channel |
/// |---|---|
/// | 0 | magic |
/// | 8 | manager |
/// | 16 | name |
/// | 24 | block size, 4 bytes |
/// | 48 | reference count, 4 bytes |
/// | 52 | flags, 4 bytes |
@SuppressWarnings({"restricted", "UnusedVariable", "UnusedMethod"}) // called by the library alone
final class IoManager {
  private static final long MAGIC_CHANNEL = 2_133_571_333L;
  private static final long MAGIC_MANAGER = 2_133_571_335L;

  /// `EXT2_ET_SHORT_READ`, for any trouble: [#check] has the real one.
  private static final long FAILED = 2_133_571_364L;

  private static final long UNIMPLEMENTED = 2_133_571_408L;
  private static final int CHANNEL_BYTES = 256;
  private static final int MANAGER_BYTES = 256;
  private static final long AT_MANAGER = 8;
  private static final long AT_NAME = 16;
  private static final long AT_BLOCK_SIZE = 24;
  private static final long AT_REFERENCES = 48;
  private static final int FIRST_BLOCK_SIZE = 1024;

  private final MetadataDevice device;
  private final MemorySegment manager;
  private final MemorySegment channel;
  private @Nullable Throwable failure;

  IoManager(MetadataDevice device, Arena arena) {
    this.device = device;
    this.manager = arena.allocate(MANAGER_BYTES, Long.BYTES);
    this.channel = arena.allocate(CHANNEL_BYTES, Long.BYTES);
    MemorySegment name = arena.allocateFrom("diskferry");
    manager.set(JAVA_LONG, 0, MAGIC_MANAGER);
    manager.set(ADDRESS, Long.BYTES, name);
    MemorySegment[] calls = {
      call(arena, "open", ADDRESS, JAVA_INT, ADDRESS),
      call(arena, "close", ADDRESS),
      call(arena, "setBlockSize", ADDRESS, JAVA_INT),
      call(arena, "read", ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS),
      call(arena, "write", ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS),
      call(arena, "flush", ADDRESS),
      call(arena, "writeByte", ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS),
      call(arena, "setOption", ADDRESS, ADDRESS, ADDRESS),
      MemorySegment.NULL,
      call(arena, "read", ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS),
      call(arena, "write", ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS)
    };
    for (int i = 0; i < calls.length; i++) {
      manager.set(ADDRESS, (2L + i) * Long.BYTES, calls[i]);
    }
    channel.set(JAVA_LONG, 0, MAGIC_CHANNEL);
    channel.set(ADDRESS, AT_MANAGER, manager);
    channel.set(ADDRESS, AT_NAME, name);
    channel.set(JAVA_INT, AT_BLOCK_SIZE, FIRST_BLOCK_SIZE);
    channel.set(JAVA_INT, AT_REFERENCES, 1);
  }

  private MemorySegment call(Arena arena, String name, MemoryLayout... arguments) {
    FunctionDescriptor shape = FunctionDescriptor.of(JAVA_LONG, arguments);
    try {
      return Linker.nativeLinker()
          .upcallStub(MethodHandles.lookup().bind(this, name, shape.toMethodType()), shape, arena);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The structure to open by.
  MemorySegment manager() {
    return manager;
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

  private long open(MemorySegment name, int flags, MemorySegment result) {
    result.reinterpret(ADDRESS.byteSize()).set(ADDRESS, 0, channel);
    return 0;
  }

  private long close(MemorySegment self) {
    return 0;
  }

  private long setBlockSize(MemorySegment self, int size) {
    channel.set(JAVA_INT, AT_BLOCK_SIZE, size);
    return 0;
  }

  private long read(MemorySegment self, long block, int count, MemorySegment target) {
    if (failure != null) {
      return FAILED;
    }
    try {
      device.read(offset(block), bytes(target, count));
      return 0;
    } catch (FillerException | RuntimeException | Error e) {
      failure = e;
      return FAILED;
    }
  }

  private long write(MemorySegment self, long block, int count, MemorySegment source) {
    if (failure != null) {
      return FAILED;
    }
    try {
      device.write(offset(block), bytes(source, count));
      return 0;
    } catch (FillerException | RuntimeException | Error e) {
      failure = e;
      return FAILED;
    }
  }

  private long writeByte(MemorySegment self, long offset, int size, MemorySegment source) {
    if (failure != null) {
      return FAILED;
    }
    try {
      device.write(offset, source.reinterpret(size).asByteBuffer());
      return 0;
    } catch (FillerException | RuntimeException | Error e) {
      failure = e;
      return FAILED;
    }
  }

  private long offset(long block) {
    return Math.multiplyExact(block, (long) channel.get(JAVA_INT, AT_BLOCK_SIZE));
  }

  // A negative count is one of bytes.
  private ByteBuffer bytes(MemorySegment memory, int count) {
    long size = count < 0 ? -(long) count : (long) count * channel.get(JAVA_INT, AT_BLOCK_SIZE);
    return memory.reinterpret(size).asByteBuffer();
  }

  private long flush(MemorySegment self) {
    return failure == null ? 0 : FAILED;
  }

  private long setOption(MemorySegment self, MemorySegment option, MemorySegment argument) {
    return UNIMPLEMENTED;
  }
}
