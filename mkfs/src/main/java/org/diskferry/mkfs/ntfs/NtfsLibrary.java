package org.diskferry.mkfs.ntfs;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.mkfs.fill.FillerException;

/// The functions of libntfs-3g that are needed, by the names and in the types of its headers
/// (`volume.h`, `inode.h`, `dir.h`, `attrib.h`, `device.h`), version 2022.10.3, soname 89. No
/// structure of the library is read but three: the first two pointers of a search context, the
/// first of an open attribute, and an attribute's record, which is as on the disk.
@SuppressWarnings("restricted") // native calls are what this class is for
final class NtfsLibrary {
  private static final String SONAME = "libntfs-3g.so.89";

  /// Of a file's record.
  private static final long OFFSET_FLAGS = 0x16;

  /// `errno`: there is no room.
  static final int ENOSPC = 28;

  private final Linker linker = Linker.nativeLinker();
  private final VarHandle errno =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private final MemorySegment state;
  private final SymbolLookup symbols;

  private final MethodHandle deviceAlloc;
  private final MethodHandle deviceMount;
  private final MethodHandle umount;
  private final MethodHandle inodeOpen;
  private final MethodHandle inodeClose;
  private final MethodHandle inodeCloseInDir;
  private final MethodHandle markDirty;
  private final MethodHandle setTimes;
  private final MethodHandle lookupByName;
  private final MethodHandle create;
  private final MethodHandle delete;
  private final MethodHandle attrOpen;
  private final MethodHandle attrClose;
  private final MethodHandle truncateSolid;
  private final MethodHandle attrWrite;
  private final MethodHandle mapRunlist;
  private final MethodHandle freeBits;
  private final MethodHandle searchContext;
  private final MethodHandle putSearchContext;
  private final MethodHandle attrLookup;

  NtfsLibrary(Arena arena) throws FillerException {
    state = arena.allocate(Linker.Option.captureStateLayout());
    try {
      symbols = SymbolLookup.libraryLookup(SONAME, arena);
    } catch (IllegalArgumentException e) {
      throw new FillerException(SONAME + " is not installed: install ntfs-3g", e);
    }
    deviceAlloc = of("ntfs_device_alloc", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    deviceMount = of("ntfs_device_mount", ADDRESS, ADDRESS, JAVA_LONG);
    umount = of("ntfs_umount", JAVA_INT, ADDRESS, JAVA_INT);
    inodeOpen = of("ntfs_inode_open", ADDRESS, ADDRESS, JAVA_LONG);
    inodeClose = of("ntfs_inode_close", JAVA_INT, ADDRESS);
    inodeCloseInDir = of("ntfs_inode_close_in_dir", JAVA_INT, ADDRESS, ADDRESS);
    markDirty = ofVoid("ntfs_inode_mark_dirty", ADDRESS);
    setTimes = of("ntfs_inode_set_times", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    lookupByName = of("ntfs_inode_lookup_by_name", JAVA_LONG, ADDRESS, ADDRESS, JAVA_INT);
    create = of("ntfs_create", ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_BYTE, JAVA_INT);
    delete = of("ntfs_delete", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_BYTE);
    attrOpen = of("ntfs_attr_open", ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    attrClose = ofVoid("ntfs_attr_close", ADDRESS);
    truncateSolid = of("ntfs_attr_truncate_solid", JAVA_INT, ADDRESS, JAVA_LONG);
    attrWrite = of("ntfs_attr_pwrite", JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS);
    mapRunlist = of("ntfs_attr_map_whole_runlist", JAVA_INT, ADDRESS);
    freeBits = of("ntfs_attr_get_free_bits", JAVA_LONG, ADDRESS);
    searchContext = of("ntfs_attr_get_search_ctx", ADDRESS, ADDRESS, ADDRESS);
    putSearchContext = ofVoid("ntfs_attr_put_search_ctx", ADDRESS);
    attrLookup =
        of(
            "ntfs_attr_lookup",
            JAVA_INT,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_LONG,
            ADDRESS,
            JAVA_INT,
            ADDRESS);
    silence();
  }

  private MethodHandle of(String name, MemoryLayout result, MemoryLayout... arguments) {
    return linker.downcallHandle(
        symbols.findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }

  private MethodHandle ofVoid(String name, MemoryLayout... arguments) {
    return linker.downcallHandle(symbols.findOrThrow(name), FunctionDescriptor.ofVoid(arguments));
  }

  // What the library would print has no reader: what matters comes as an error.
  private void silence() throws FillerException {
    MethodHandle setHandler = ofVoid("ntfs_log_set_handler", ADDRESS);
    try {
      setHandler.invokeExact(symbols.findOrThrow("ntfs_log_handler_null"));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// `errno` after the last call.
  int errno() {
    return (int) errno.get(state, 0L);
  }

  MemorySegment deviceAlloc(MemorySegment name, MemorySegment operations) throws FillerException {
    try {
      return (MemorySegment)
          deviceAlloc.invokeExact(state, name, 0L, operations, MemorySegment.NULL);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  MemorySegment deviceMount(MemorySegment device) throws FillerException {
    try {
      return (MemorySegment) deviceMount.invokeExact(state, device, 0L);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  boolean umount(MemorySegment volume) throws FillerException {
    try {
      return (int) umount.invokeExact(state, volume, 0) == 0;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  MemorySegment inodeOpen(MemorySegment volume, long reference) throws FillerException {
    try {
      return (MemorySegment) inodeOpen.invokeExact(state, volume, reference);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  boolean inodeClose(MemorySegment inode) throws FillerException {
    try {
      return (int) inodeClose.invokeExact(state, inode) == 0;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  boolean inodeCloseInDir(MemorySegment inode, MemorySegment directory) throws FillerException {
    try {
      return (int) inodeCloseInDir.invokeExact(state, inode, directory) == 0;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  void markDirty(MemorySegment inode) throws FillerException {
    try {
      markDirty.invokeExact(inode);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  boolean setTimes(MemorySegment inode, MemorySegment times) throws FillerException {
    try {
      return (int) setTimes.invokeExact(state, inode, times, times.byteSize(), 0) == 0;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// The reference of a name, -1 where there is none.
  long lookupByName(MemorySegment directory, MemorySegment name, int units) throws FillerException {
    try {
      return (long) lookupByName.invokeExact(state, directory, name, units);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  MemorySegment create(MemorySegment directory, MemorySegment name, int units, int mode)
      throws FillerException {
    try {
      return (MemorySegment) create.invokeExact(state, directory, 0, name, (byte) units, mode);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// Closes both inodes, whatever it answers.
  boolean delete(
      MemorySegment volume,
      MemorySegment inode,
      MemorySegment directory,
      MemorySegment name,
      int units)
      throws FillerException {
    try {
      return (int)
              delete.invokeExact(
                  state, volume, MemorySegment.NULL, inode, directory, name, (byte) units)
          == 0;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  MemorySegment attrOpen(MemorySegment inode, int type) throws FillerException {
    try {
      return (MemorySegment)
          attrOpen.invokeExact(state, inode, type, symbols.findOrThrow("AT_UNNAMED"), 0);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  void attrClose(MemorySegment attribute) throws FillerException {
    try {
      attrClose.invokeExact(attribute);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  boolean truncateSolid(MemorySegment attribute, long size) throws FillerException {
    try {
      return (int) truncateSolid.invokeExact(state, attribute, size) == 0;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  long attrWrite(MemorySegment attribute, long position, MemorySegment bytes)
      throws FillerException {
    try {
      return (long) attrWrite.invokeExact(state, attribute, position, bytes.byteSize(), bytes);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// Makes sure that [#runs] sees all.
  boolean mapRunlist(MemorySegment attribute) throws FillerException {
    try {
      return (int) mapRunlist.invokeExact(state, attribute) == 0;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// A run of an attribute's clusters; a negative `lcn` is none on the disk.
  record Run(long vcn, long lcn, long length) {}

  /// The runs of an attribute: an array (`runlist_element`: vcn, lcn, length) that the first
  /// pointer of the attribute leads to and that a run without length ends.
  List<Run> runs(MemorySegment attribute) {
    MemorySegment list =
        attribute.reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0).reinterpret(Long.MAX_VALUE);
    List<Run> runs = new ArrayList<>();
    for (long at = 0; list.get(JAVA_LONG, at + 2 * Long.BYTES) != 0; at += 3 * Long.BYTES) {
      runs.add(
          new Run(
              list.get(JAVA_LONG, at),
              list.get(JAVA_LONG, at + Long.BYTES),
              list.get(JAVA_LONG, at + 2 * Long.BYTES)));
    }
    return runs;
  }

  long freeBits(MemorySegment attribute) throws FillerException {
    try {
      return (long) freeBits.invokeExact(state, attribute);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  MemorySegment searchContext(MemorySegment inode) throws FillerException {
    try {
      return (MemorySegment) searchContext.invokeExact(state, inode, MemorySegment.NULL);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  void putSearchContext(MemorySegment context) throws FillerException {
    try {
      putSearchContext.invokeExact(context);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  boolean attrLookup(int type, MemorySegment context) throws FillerException {
    try {
      return (int)
              attrLookup.invokeExact(
                  state,
                  type,
                  symbols.findOrThrow("AT_UNNAMED"),
                  0,
                  0,
                  0L,
                  MemorySegment.NULL,
                  0,
                  context)
          == 0;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// The flags of the record that a fresh context is about: at 0x16 of what its first pointer leads
  /// to.
  int recordFlags(MemorySegment context) {
    return context
        .reinterpret(ADDRESS.byteSize())
        .get(ADDRESS, 0)
        .reinterpret(OFFSET_FLAGS + Short.BYTES)
        .get(JAVA_SHORT, OFFSET_FLAGS);
  }

  /// The first `size` bytes of the record that a lookup found: the second pointer of the context.
  MemorySegment foundRecord(MemorySegment context, long size) {
    return context
        .reinterpret(2 * ADDRESS.byteSize())
        .get(ADDRESS, ADDRESS.byteSize())
        .reinterpret(size);
  }

  private static FillerException broken(Throwable e) {
    return new FillerException("a call into the library failed: " + e, e);
  }
}
