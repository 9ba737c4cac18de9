package org.diskferry.mkfs.ntfs;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.media.block.Extent;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.fill.Filler;
import org.diskferry.mkfs.fill.FillerException;
import org.diskferry.mkfs.fill.MetadataDevice;
import org.diskferry.mkfs.fill.Placement;

/// Fills a volume that `mkntfs` made.
///
/// A file gets all its clusters when it is reserved and is called initialised at once: its content
/// is written past the library, to the runs that are handed out. What a record can hold itself is
/// written through the library.
///
/// The library keeps a copy of every inode that is open, and two copies of one know nothing of each
/// other: therefore at most one directory is open, and a file's inode only within one call.
public final class NtfsFiller implements Filler {
  private static final int DATA = 0x80;
  private static final int DIRECTORY_MODE = 0x4000;
  private static final int FILE_MODE = 0x8000;
  private static final long ROOT = 5;
  private static final long BITMAP = 6;

  /// The records before it are the file system's own.
  private static final long FIRST_OF_USERS = 24;

  /// Parts in which a file is given its clusters at the most.
  private static final int MOST_PARTS = 1024;

  /// Flag of a file's record.
  private static final int RECORD_IS_DIRECTORY = 0x2;

  private static final int LARGEST_NAME = 255;

  /// Sizes are signed there.
  private static final long LARGEST_FILE = (1L << 44) - (1 << 16);

  // An attribute's record on the disk: whether it lies outside, and how much of it is initialised.
  private static final long OFFSET_NON_RESIDENT = 8;
  private static final long OFFSET_INITIALIZED = 0x38;

  /// Seconds from 1601 to 1970; NTFS counts in 100 ns.
  private static final long EPOCH = 11_644_473_600L;

  private static final int TICKS = 10_000_000;

  private final NtfsLibrary library;
  private final DeviceUpcalls upcalls;
  private final Arena arena;
  private final MemorySegment operations;
  private final int clusterSize;
  private MemorySegment volume = MemorySegment.NULL;
  private final OpenDirectory directory;

  /// Where the files are that are not finished: the library wants a file's directory to close it.
  private final Map<Long, Long> parents = new HashMap<>();

  private NtfsFiller(NtfsLibrary library, DeviceUpcalls upcalls, int cluster, Arena arena) {
    this.library = library;
    this.upcalls = upcalls;
    this.arena = arena;
    this.operations = upcalls.table(arena);
    this.clusterSize = cluster;
    this.directory = new OpenDirectory();
  }

  /// Opens the volume that is on `device`, whose sectors have `sectorSize` bytes.
  public static NtfsFiller open(MetadataDevice device, int sectorSize) throws FillerException {
    Arena arena = Arena.ofShared();
    NtfsFiller filler =
        new NtfsFiller(
            new NtfsLibrary(arena),
            new DeviceUpcalls(device, sectorSize),
            clusterSize(device),
            arena);
    filler.mount();
    return filler;
  }

  // The boot sector's bytes a sector, and sectors a cluster (negative: a power of two).
  private static int clusterSize(MetadataDevice device) throws FillerException {
    ByteBuffer boot = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    device.read(0, boot);
    int sectors = boot.get(13);
    return Short.toUnsignedInt(boot.getShort(11)) * (sectors > 0 ? sectors : 1 << -sectors);
  }

  private void mount() throws FillerException {
    MemorySegment name = arena.allocateFrom("volume");
    MemorySegment native_ = library.deviceAlloc(name, operations);
    volume = native_.equals(MemorySegment.NULL) ? native_ : library.deviceMount(native_);
    require(!volume.equals(MemorySegment.NULL), "open the volume");
  }

  @Override
  public Placement reserve(FilePath path, long size, Instant modified) throws FillerException {
    for (String name : path.names()) {
      if (name.length() > LARGEST_NAME) {
        return new Placement.Refused("a name has " + name.length() + " units, not up to 255");
      }
    }
    if (size > LARGEST_FILE) {
      return new Placement.Refused("NTFS holds files of up to 16 TiB");
    }
    List<String> names = path.names();
    long parent = ROOT;
    for (String name : names.subList(0, names.size() - 1)) {
      long child = directory(parent, name);
      if (child < 0) {
        return new Placement.Full();
      }
      parent = child;
    }
    return create(parent, names.getLast(), size, modified);
  }

  // The directory of that name, made where it is missing; -1 when there is no room.
  private long directory(long parent, String name) throws FillerException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment at = directory.open(parent);
      MemorySegment units = units(call, name);
      long found = library.lookupByName(at, units, name.length());
      if (found >= 0) {
        return number(found);
      }
      MemorySegment made = library.create(at, units, name.length(), DIRECTORY_MODE);
      if (made.equals(MemorySegment.NULL)) {
        requireRoom("make directory " + name);
        return -1;
      }
      require(library.inodeCloseInDir(made, at), "close directory " + name);
      return number(library.lookupByName(at, units, name.length()));
    }
  }

  private Placement create(long parent, String name, long size, Instant modified)
      throws FillerException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment at = directory.open(parent);
      MemorySegment units = units(call, name);
      if (library.lookupByName(at, units, name.length()) >= 0) {
        return new Placement.Refused("the name is taken");
      }
      MemorySegment inode = library.create(at, units, name.length(), FILE_MODE);
      if (inode.equals(MemorySegment.NULL)) {
        requireRoom("make file " + name);
        return new Placement.Full();
      }
      MemorySegment data = library.attrOpen(inode, DATA);
      require(!data.equals(MemorySegment.NULL), "open the data of " + name);
      if (!give(data, size)) {
        library.attrClose(data);
        directory.forget();
        require(library.delete(volume, inode, at, units, name.length()), "take " + name + " back");
        return new Placement.Full();
      }
      List<Extent> runs = isResident(inode) ? List.of() : runs(data, size);
      library.attrClose(data);
      if (!runs.isEmpty()) {
        initialise(inode, size);
      }
      setTimes(call, inode, modified);
      require(library.inodeCloseInDir(inode, at), "close " + name);
      long file = number(library.lookupByName(at, units, name.length()));
      parents.put(file, parent);
      return runs.isEmpty() && size > 0
          ? new Placement.Inline(file)
          : new Placement.Runs(file, runs);
    }
  }

  // The library's allocator says that there is no room when it does not find enough in the zones
  // that
  // it looks into, while smaller pieces are to be had: on a disk that is all but full the file is
  // given its clusters in parts.
  private boolean give(MemorySegment data, long size) throws FillerException {
    if (library.truncateSolid(data, size)) {
      return true;
    }
    requireRoom("give a file " + size + " bytes");
    if (free() < size) {
      return false;
    }
    long least = Math.max(clusterSize, size / MOST_PARTS);
    long given = 0;
    long part = Math.max(least, size / 2);
    while (given < size) {
      long next = Math.min(size, given + part / clusterSize * clusterSize);
      if (library.truncateSolid(data, next)) {
        given = next;
      } else {
        requireRoom("give a file " + next + " bytes");
        part /= 2;
        if (part < least) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isResident(MemorySegment inode) throws FillerException {
    MemorySegment context = library.searchContext(inode);
    try {
      return record(context).get(JAVA_BYTE, OFFSET_NON_RESIDENT) == 0;
    } finally {
      library.putSearchContext(context);
    }
  }

  private MemorySegment record(MemorySegment context) throws FillerException {
    require(
        !context.equals(MemorySegment.NULL) && library.attrLookup(DATA, context),
        "find a file's data");
    return library.foundRecord(context, OFFSET_INITIALIZED + Long.BYTES);
  }

  private void initialise(MemorySegment inode, long size) throws FillerException {
    MemorySegment context = library.searchContext(inode);
    try {
      record(context).set(JAVA_LONG_UNALIGNED, OFFSET_INITIALIZED, size);
      library.markDirty(inode);
    } finally {
      library.putSearchContext(context);
    }
  }

  private List<Extent> runs(MemorySegment data, long size) throws FillerException {
    require(library.mapRunlist(data), "find the clusters of a file");
    List<Extent> runs = new ArrayList<>();
    long clusters = Math.ceilDiv(size, (long) clusterSize);
    for (NtfsLibrary.Run run : library.runs(data)) {
      if (run.vcn() < clusters) {
        require(run.lcn() >= 0, "find cluster " + run.vcn() + " of a file");
        long logical = run.vcn() * clusterSize;
        long length = Math.min(run.length() * clusterSize, size - logical);
        runs.add(new Extent(logical, run.lcn() * clusterSize, length));
      }
    }
    return runs;
  }

  private void setTimes(Arena call, MemorySegment inode, Instant modified) throws FillerException {
    long ticks = (modified.getEpochSecond() + EPOCH) * TICKS + modified.getNano() / 100;
    MemorySegment times = call.allocate(4L * Long.BYTES, Long.BYTES);
    for (int i = 0; i < 4; i++) {
      times.set(JAVA_LONG_UNALIGNED, (long) i * Long.BYTES, Math.max(0, ticks));
    }
    require(library.setTimes(inode, times), "set a file's times");
  }

  @Override
  public void date(long file, Instant modified) throws FillerException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment at = directory.open(parent(file));
      MemorySegment inode = open(file);
      setTimes(call, inode, modified);
      require(library.inodeCloseInDir(inode, at), "close a file");
    }
  }

  @Override
  public void fill(long file, byte[] content) throws FillerException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment at = directory.open(parent(file));
      MemorySegment inode = open(file);
      MemorySegment data = library.attrOpen(inode, DATA);
      require(!data.equals(MemorySegment.NULL), "open a file's data");
      long written = library.attrWrite(data, 0, call.allocateFrom(JAVA_BYTE, content));
      require(written == content.length, "write a file's content");
      library.attrClose(data);
      require(library.inodeCloseInDir(inode, at), "close a file");
    }
  }

  @Override
  public void finish(long file) {
    parents.remove(file);
  }

  private long parent(long file) throws FillerException {
    Long parent = parents.get(file);
    if (parent == null) {
      throw new FillerException("file " + file + " is not being written");
    }
    return parent;
  }

  @Override
  public boolean withdraw(FilePath path) throws FillerException {
    try (Arena call = Arena.ofConfined()) {
      long parent = ROOT;
      for (String name : path.names().subList(0, path.names().size() - 1)) {
        parent = find(call, parent, name);
        if (!isUsers(parent) || !isDirectory(parent)) {
          return false;
        }
      }
      String name = path.names().getLast();
      long file = find(call, parent, name);
      if (!isUsers(file) || isDirectory(file)) {
        return false;
      }
      MemorySegment at = directory.open(parent);
      MemorySegment inode = open(file);
      directory.forget();
      require(
          library.delete(volume, inode, at, units(call, name), name.length()), "remove " + path);
      parents.remove(file);
      return true;
    }
  }

  // What a name leads to, -1 where nothing has it.
  private long find(Arena call, long parent, String name) throws FillerException {
    long found = library.lookupByName(directory.open(parent), units(call, name), name.length());
    upcalls.check();
    return found < 0 ? -1 : number(found);
  }

  private static boolean isUsers(long number) {
    return number >= FIRST_OF_USERS;
  }

  private MemorySegment open(long number) throws FillerException {
    MemorySegment inode = library.inodeOpen(volume, number);
    require(!inode.equals(MemorySegment.NULL), "open record " + number);
    return inode;
  }

  // Of the one that is open for names, no second copy is made.
  private boolean isDirectory(long number) throws FillerException {
    if (directory.is(number)) {
      return true;
    }
    MemorySegment inode = open(number);
    MemorySegment context = library.searchContext(inode);
    require(!context.equals(MemorySegment.NULL), "look into record " + number);
    boolean answer = (library.recordFlags(context) & RECORD_IS_DIRECTORY) != 0;
    library.putSearchContext(context);
    require(library.inodeClose(inode), "close record " + number);
    return answer;
  }

  @Override
  public long free() throws FillerException {
    MemorySegment inode = library.inodeOpen(volume, BITMAP);
    require(!inode.equals(MemorySegment.NULL), "open the map of clusters");
    MemorySegment data = library.attrOpen(inode, DATA);
    require(!data.equals(MemorySegment.NULL), "read the map of clusters");
    long clusters = library.freeBits(data);
    library.attrClose(data);
    require(library.inodeClose(inode) && clusters >= 0, "count the free clusters");
    return clusters * clusterSize;
  }

  // What the table of files has grown by is in memory until the volume is closed.
  @Override
  public void flush() throws FillerException {
    directory.close();
    require(library.umount(volume), "close the volume");
    mount();
  }

  @Override
  public void conclude() throws FillerException {
    flush();
  }

  // A reference has the record's number in its lower 48 bits; the call that takes it wants these.
  private static long number(long reference) {
    return reference & 0xFFFF_FFFF_FFFFL;
  }

  private static MemorySegment units(Arena arena, String name) {
    return arena.allocateFrom(JAVA_BYTE, name.getBytes(StandardCharsets.UTF_16LE));
  }

  private void require(boolean done, String what) throws FillerException {
    upcalls.check();
    if (!done) {
      throw new FillerException("libntfs-3g could not " + what + ": errno " + library.errno());
    }
  }

  private void requireRoom(String what) throws FillerException {
    if (library.errno() != NtfsLibrary.ENOSPC) {
      require(false, what);
    }
    upcalls.check();
  }

  /// The one directory that is open.
  private final class OpenDirectory {
    private long number = -1;
    private MemorySegment inode = MemorySegment.NULL;

    boolean is(long wanted) {
      return wanted == number;
    }

    MemorySegment open(long wanted) throws FillerException {
      if (wanted != number) {
        close();
        inode = library.inodeOpen(volume, wanted);
        require(!inode.equals(MemorySegment.NULL), "open directory " + wanted);
        number = wanted;
      }
      return inode;
    }

    /// The library has closed it.
    void forget() {
      number = -1;
      inode = MemorySegment.NULL;
    }

    void close() throws FillerException {
      if (number >= 0) {
        MemorySegment open = inode;
        forget();
        require(library.inodeClose(open), "close a directory");
      }
    }
  }
}
