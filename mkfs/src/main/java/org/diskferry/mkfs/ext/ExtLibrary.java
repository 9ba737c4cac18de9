package org.diskferry.mkfs.ext;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.diskferry.mkfs.fill.FillerException;

/// The functions of libext2fs that are needed, by the names and in the types of `ext2fs.h`, version
/// 1.47, soname 2. Each answers the library's error code, 0 for none. The one structure that is
/// looked into is the beginning of `ext2_filsys`, for the pointer to the superblock.
@SuppressWarnings("restricted") // native calls are what this class is for
final class ExtLibrary {
  private static final String SONAME = "libext2fs.so.2";

  /// `EXT2_ET_BLOCK_ALLOC_FAIL`: no block is free.
  static final long NO_BLOCK = 2_133_571_400L;

  /// `EXT2_ET_INODE_ALLOC_FAIL`: no inode is free.
  static final long NO_INODE = 2_133_571_401L;

  /// `EXT2_ET_EXTENT_NO_NEXT`: that was the last.
  static final long NO_NEXT = 2_133_571_452L;

  static final int FLAG_RW = 0x1;
  static final int FLAG_64BITS = 0x2_0000;

  /// `EXT2_FALLOCATE_FORCE_INIT`: what is allocated counts as written.
  static final int FORCE_INIT = 0x2;

  static final int EXTENT_ROOT = 0x1;
  static final int EXTENT_NEXT = 0x9;

  private static final long OFFSET_SUPER = 32;

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols;
  private final MethodHandle open;
  private final MethodHandle readBitmaps;
  private final MethodHandle newInode;
  private final MethodHandle inodeAllocStats;
  private final MethodHandle writeNewInode;
  private final MethodHandle readInode;
  private final MethodHandle writeInode;
  private final MethodHandle fallocate;
  private final MethodHandle countBlocks;
  private final MethodHandle iblkSet;
  private final MethodHandle extentOpen;
  private final MethodHandle extentGet;
  private final MethodHandle extentFree;
  private final MethodHandle punch;
  private final MethodHandle freeBlocks;
  private final MethodHandle flush;
  private final MethodHandle writeDirBlock;
  private final MethodHandle dirHash;

  ExtLibrary(Arena arena) throws FillerException {
    try {
      symbols = SymbolLookup.libraryLookup(SONAME, arena);
    } catch (IllegalArgumentException e) {
      throw new FillerException(SONAME + " is not installed: install libext2fs2", e);
    }
    open = of("ext2fs_open2", ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    readBitmaps = of("ext2fs_read_bitmaps", ADDRESS);
    newInode = of("ext2fs_new_inode", ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    inodeAllocStats =
        linker.downcallHandle(
            symbols.findOrThrow("ext2fs_inode_alloc_stats2"),
            FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
    writeNewInode = of("ext2fs_write_new_inode", ADDRESS, JAVA_INT, ADDRESS);
    readInode = of("ext2fs_read_inode_full", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    writeInode = of("ext2fs_write_inode_full", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    fallocate =
        of(
            "ext2fs_fallocate",
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            ADDRESS,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG);
    countBlocks = of("ext2fs_count_blocks", ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    iblkSet = of("ext2fs_iblk_set", ADDRESS, ADDRESS, JAVA_LONG);
    extentOpen = of("ext2fs_extent_open2", ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    extentGet = of("ext2fs_extent_get", ADDRESS, JAVA_INT, ADDRESS);
    extentFree =
        linker.downcallHandle(
            symbols.findOrThrow("ext2fs_extent_free"), FunctionDescriptor.ofVoid(ADDRESS));
    punch = of("ext2fs_punch", ADDRESS, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG);
    freeBlocks = of("ext2fs_free_blocks_count", ADDRESS);
    flush = of("ext2fs_flush2", ADDRESS, JAVA_INT);
    writeDirBlock = of("ext2fs_write_dir_block4", ADDRESS, JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT);
    dirHash =
        of(
            "ext2fs_dirhash2",
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            ADDRESS);
  }

  private MethodHandle of(String name, MemoryLayout... arguments) {
    return linker.downcallHandle(
        symbols.findOrThrow(name), FunctionDescriptor.of(JAVA_LONG, arguments));
  }

  /// Opens for reading and writing through `manager`; the file system comes in `result`.
  long open(MemorySegment name, MemorySegment manager, MemorySegment result)
      throws FillerException {
    try {
      return (long)
          open.invokeExact(name, MemorySegment.NULL, FLAG_RW | FLAG_64BITS, 0, 0, manager, result);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long readBitmaps(MemorySegment fs) throws FillerException {
    try {
      return (long) readBitmaps.invokeExact(fs);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long newInode(MemorySegment fs, int directory, int mode, MemorySegment result)
      throws FillerException {
    try {
      return (long) newInode.invokeExact(fs, directory, mode, MemorySegment.NULL, result);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  void inodeAllocStats(MemorySegment fs, int inode, int change, boolean isDirectory)
      throws FillerException {
    try {
      inodeAllocStats.invokeExact(fs, inode, change, isDirectory ? 1 : 0);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long writeNewInode(MemorySegment fs, int inode, MemorySegment content) throws FillerException {
    try {
      return (long) writeNewInode.invokeExact(fs, inode, content);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long readInode(MemorySegment fs, int inode, MemorySegment content) throws FillerException {
    try {
      return (long) readInode.invokeExact(fs, inode, content, (int) content.byteSize());
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long writeInode(MemorySegment fs, int inode, MemorySegment content) throws FillerException {
    try {
      return (long) writeInode.invokeExact(fs, inode, content, (int) content.byteSize());
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long fallocate(
      MemorySegment fs, int inode, MemorySegment content, long goal, long start, long count)
      throws FillerException {
    try {
      return (long) fallocate.invokeExact(fs, FORCE_INIT, inode, content, goal, start, count);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long countBlocks(MemorySegment fs, int inode, MemorySegment content, MemorySegment result)
      throws FillerException {
    try {
      return (long) countBlocks.invokeExact(fs, inode, content, result);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long iblkSet(MemorySegment fs, MemorySegment content, long blocks) throws FillerException {
    try {
      return (long) iblkSet.invokeExact(fs, content, blocks);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long extentOpen(MemorySegment fs, int inode, MemorySegment content, MemorySegment result)
      throws FillerException {
    try {
      return (long) extentOpen.invokeExact(fs, inode, content, result);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long extentGet(MemorySegment handle, int step, MemorySegment result) throws FillerException {
    try {
      return (long) extentGet.invokeExact(handle, step, result);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  void extentFree(MemorySegment handle) throws FillerException {
    try {
      extentFree.invokeExact(handle);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// Gives back blocks `start` to the last of a file.
  long punch(MemorySegment fs, int inode, MemorySegment content, long start)
      throws FillerException {
    try {
      return (long) punch.invokeExact(fs, inode, content, MemorySegment.NULL, start, -1L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long freeBlocks(MemorySegment fs) throws FillerException {
    try {
      MemorySegment superblock =
          fs.reinterpret(OFFSET_SUPER + Long.BYTES).get(ADDRESS, OFFSET_SUPER);
      return (long) freeBlocks.invokeExact(superblock);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// Writes bitmaps, descriptors and superblocks; nothing is synced.
  long flush(MemorySegment fs) throws FillerException {
    try {
      return (long) flush.invokeExact(fs, 1);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// Writes a block of a directory, with its checksum.
  long writeDirBlock(MemorySegment fs, long block, MemorySegment bytes, int inode)
      throws FillerException {
    try {
      return (long) writeDirBlock.invokeExact(fs, block, bytes, 0, inode);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long dirHash(
      int version, MemorySegment name, MemorySegment seed, MemorySegment hash, MemorySegment minor)
      throws FillerException {
    try {
      return (long)
          dirHash.invokeExact(
              version, name, (int) name.byteSize(), MemorySegment.NULL, 0, seed, hash, minor);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static FillerException broken(Throwable e) {
    return new FillerException("a call into the library failed: " + e, e);
  }
}
