package org.diskferry.mkfs.ext;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.mkfs.fill.FillerException;
import org.diskferry.mkfs.fill.MetadataDevice;

/// An open volume: what the library gives out, in our words.
///
/// | superblock | field |
/// |---|---|
/// | 0x10 | `s_free_inodes_count` |
/// | 0x18 | `s_log_block_size` |
/// | 0x58 | `s_inode_size` |
/// | 0xEC | `s_hash_seed` |
/// | 0xFC | `s_def_hash_version` |
/// | 0x160 | `s_flags` |
final class ExtVolume {
  /// The root directory's inode.
  static final int ROOT = 2;

  private static final int SUPERBLOCK = 1024;
  private static final int UNSIGNED_HASH = 0x2;

  /// What turns a version into that of unsigned characters (`EXT2_HASH_HALF_MD4_UNSIGNED`).
  private static final int TO_UNSIGNED = 3;

  private static final int EXTENT_BYTES = 24;
  private static final int EXTENT_LEAF = 0x1;
  private static final int EXTENT_SECOND_VISIT = 0x4;
  private static final int BITS_32 = 0xFFFF_FFFF;

  private final ExtLibrary library;
  private final IoManager io;
  private final MetadataDevice device;
  private final MemorySegment fs;
  private final int blockSize;
  private final int inodeSize;
  private final int hashVersion;
  private final boolean unsignedHash;
  private final MemorySegment seed;

  /// What the last file ended before: files follow each other on the disk.
  private long goal = -1;

  /// A run of blocks of a file.
  record Run(long logical, long physical, int count) {}

  private ExtVolume(
      ExtLibrary library, IoManager io, MetadataDevice device, MemorySegment fs, Arena arena)
      throws FillerException {
    this.library = library;
    this.io = io;
    this.device = device;
    this.fs = fs;
    ByteBuffer sb = superblock();
    this.blockSize = 1024 << sb.getInt(0x18);
    this.inodeSize = Short.toUnsignedInt(sb.getShort(0x58));
    this.hashVersion = sb.get(0xFC);
    this.unsignedHash = (sb.getInt(0x160) & UNSIGNED_HASH) != 0;
    this.seed = arena.allocate(16, Integer.BYTES);
    MemorySegment.copy(MemorySegment.ofBuffer(sb), 0xEC, seed, 0, 16);
  }

  static ExtVolume open(MetadataDevice device, Arena arena) throws FillerException {
    ExtLibrary library = new ExtLibrary(arena);
    IoManager io = new IoManager(device, arena);
    MemorySegment result = arena.allocate(ADDRESS);
    long error = library.open(arena.allocateFrom("volume"), io.manager(), result);
    require(io, error, "open the volume");
    MemorySegment fs = result.get(ADDRESS, 0);
    require(io, library.readBitmaps(fs), "read the bitmaps");
    return new ExtVolume(library, io, device, fs, arena);
  }

  private ByteBuffer superblock() throws FillerException {
    ByteBuffer sb = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    device.read(SUPERBLOCK, sb);
    return sb.flip();
  }

  int blockSize() {
    return blockSize;
  }

  /// The version of names' hashes as an index's root has it.
  int hashVersion() {
    return hashVersion;
  }

  long freeBlocks() throws FillerException {
    return library.freeBlocks(fs);
  }

  /// A new inode of `mode`, counted as used; 0 where none is free.
  int newInode(int near, int mode, boolean isDirectory) throws FillerException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment result = call.allocate(JAVA_INT);
      long error = library.newInode(fs, near, mode, result);
      if (error == ExtLibrary.NO_INODE) {
        return 0;
      }
      require(error, "find a free inode");
      int inode = result.get(JAVA_INT, 0);
      library.inodeAllocStats(fs, inode, 1, isDirectory);
      return inode;
    }
  }

  /// The inode's record.
  InodeRecord read(int inode) throws FillerException {
    InodeRecord record = new InodeRecord(inodeSize);
    try (Arena call = Arena.ofConfined()) {
      MemorySegment content = call.allocate(inodeSize, Long.BYTES);
      require(library.readInode(fs, inode, content), "read inode " + inode);
      record.take(content);
    }
    return record;
  }

  /// An empty record.
  InodeRecord fresh() {
    return new InodeRecord(inodeSize);
  }

  void write(int inode, InodeRecord record) throws FillerException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment content = call.allocate(inodeSize, Long.BYTES);
      record.give(content);
      require(library.writeInode(fs, inode, content), "write inode " + inode);
    }
  }

  /// Gives a file blocks `start` to `start + count`; the record is changed, and written.
  ///
  /// @return false when there are not so many: then none was given
  boolean allocate(int inode, InodeRecord record, long start, long count) throws FillerException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment content = call.allocate(inodeSize, Long.BYTES);
      record.give(content);
      long error = library.fallocate(fs, inode, content, goal, start, count);
      if (error == ExtLibrary.NO_BLOCK) {
        io.check();
        require(library.punch(fs, inode, content, start), "give blocks back");
      } else {
        require(error, "give inode " + inode + " " + count + " blocks");
      }
      finish(call, inode, content, record);
      return error == 0;
    }
  }

  /// Takes blocks from `start` on away from a file; the record is changed, and written.
  void cut(int inode, InodeRecord record, long start) throws FillerException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment content = call.allocate(inodeSize, Long.BYTES);
      record.give(content);
      require(library.punch(fs, inode, content, start), "take blocks of inode " + inode);
      finish(call, inode, content, record);
    }
  }

  private void finish(Arena call, int inode, MemorySegment content, InodeRecord record)
      throws FillerException {
    MemorySegment count = call.allocate(JAVA_LONG);
    require(library.countBlocks(fs, inode, content, count), "count blocks");
    require(library.iblkSet(fs, content, count.get(JAVA_LONG, 0)), "set the count of blocks");
    require(library.writeInode(fs, inode, content), "write inode " + inode);
    record.take(content);
  }

  /// Where a file's blocks are; the next file is placed behind the last of them.
  List<Run> runs(int inode, InodeRecord record) throws FillerException {
    List<Run> runs = new ArrayList<>();
    try (Arena call = Arena.ofConfined()) {
      MemorySegment content = call.allocate(inodeSize, Long.BYTES);
      record.give(content);
      MemorySegment result = call.allocate(ADDRESS);
      require(library.extentOpen(fs, inode, content, result), "open extents");
      MemorySegment handle = result.get(ADDRESS, 0);
      MemorySegment extent = call.allocate(EXTENT_BYTES, Long.BYTES);
      long error = library.extentGet(handle, ExtLibrary.EXTENT_ROOT, extent);
      while (error == 0) {
        int flags = extent.get(JAVA_INT, 20);
        if ((flags & EXTENT_LEAF) != 0 && (flags & EXTENT_SECOND_VISIT) == 0) {
          runs.add(
              new Run(
                  extent.get(JAVA_LONG, 8), extent.get(JAVA_LONG, 0), extent.get(JAVA_INT, 16)));
        }
        error = library.extentGet(handle, ExtLibrary.EXTENT_NEXT, extent);
      }
      library.extentFree(handle);
      if (error != ExtLibrary.NO_NEXT && !runs.isEmpty()) {
        require(error, "read extents");
      }
    }
    return runs;
  }

  /// Files to come are placed behind these blocks.
  void goOnBehind(List<Run> runs) {
    if (!runs.isEmpty()) {
      goal = runs.getLast().physical() + runs.getLast().count();
    }
  }

  /// Gives an inode and all that it has back.
  void release(int inode, InodeRecord record, boolean isDirectory) throws FillerException {
    cut(inode, record, 0);
    record.end();
    write(inode, record);
    library.inodeAllocStats(fs, inode, -1, isDirectory);
  }

  byte[] readBlock(long block) throws FillerException {
    byte[] bytes = new byte[blockSize];
    device.read(block * blockSize, ByteBuffer.wrap(bytes));
    return bytes;
  }

  /// Writes a block of a directory, with its checksum.
  void writeDirectoryBlock(int inode, long block, byte[] bytes) throws FillerException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment content = call.allocate(blockSize, Long.BYTES);
      MemorySegment.copy(bytes, 0, content, JAVA_BYTE, 0, blockSize);
      require(
          library.writeDirBlock(fs, block, content, inode), "write a block of directory " + inode);
    }
  }

  /// The hash by which an index sorts `name`, unsigned; its lowest bit is 0.
  int hash(byte[] name) throws FillerException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment hash = call.allocate(JAVA_INT);
      require(
          library.dirHash(
              hashVersion + (unsignedHash ? TO_UNSIGNED : 0),
              call.allocateFrom(JAVA_BYTE, name),
              seed,
              hash,
              call.allocate(JAVA_INT)),
          "hash a name");
      return hash.get(JAVA_INT, 0) & BITS_32 & ~1;
    }
  }

  void flush() throws FillerException {
    require(library.flush(fs), "write bitmaps and descriptors");
  }

  private void require(long error, String what) throws FillerException {
    require(io, error, what);
  }

  private static void require(IoManager io, long error, String what) throws FillerException {
    io.check();
    if (error != 0) {
      throw new FillerException("libext2fs could not " + what + ": error " + error);
    }
  }
}
