package org.diskferry.mkfs.ext;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.block.Extent;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.fill.Filler;
import org.diskferry.mkfs.fill.FillerException;
import org.diskferry.mkfs.fill.MetadataDevice;
import org.diskferry.mkfs.fill.Placement;

/// Fills a volume that `mke2fs` made.
public final class ExtFiller implements Filler {
  private static final int FILE_MODE = 0x8000 | 0644;
  private static final int DIRECTORY_MODE = 0x4000 | 0755;
  private static final int LONGEST_NAME = 255;

  /// What 32 bits of block numbers reach; the library counts no further for a file with extents.
  private static final long MOST_BLOCKS = (1L << 32) - 1;

  /// Blocks of an extent tree: one for so many blocks of a file, at the worst that is prepared for.
  private static final int BLOCKS_A_NODE = 340;

  private final ExtVolume volume;
  private final Directories directories;

  private ExtFiller(ExtVolume volume, Directories directories) {
    this.volume = volume;
    this.directories = directories;
  }

  /// Opens the volume that is on `device`.
  public static ExtFiller open(MetadataDevice device) throws FillerException {
    ExtVolume volume = ExtVolume.open(device, Arena.ofShared());
    return new ExtFiller(volume, Directories.of(volume));
  }

  @Override
  public Placement reserve(FilePath path, long size, Instant modified) throws FillerException {
    for (String name : path.names()) {
      int length = name.getBytes(StandardCharsets.UTF_8).length;
      if (length > LONGEST_NAME) {
        return new Placement.Refused("a name has " + length + " bytes, not up to 255");
      }
    }
    long blocks = Math.ceilDiv(size, (long) volume.blockSize());
    if (blocks > MOST_BLOCKS) {
      return new Placement.Refused("ext4 holds files of up to 16 TiB");
    }
    List<String> folders = path.names().subList(0, path.names().size() - 1);
    if (!hasRoom(folders, blocks)) {
      return new Placement.Full();
    }
    int parent = ExtVolume.ROOT;
    for (String folder : folders) {
      Integer child = directories.find(parent, folder);
      int inode = child == null ? makeDirectory(parent, folder, modified) : child;
      if (inode == 0) {
        return new Placement.Full();
      }
      parent = inode;
    }
    if (directories.find(parent, path.names().getLast()) != null) {
      return new Placement.Refused("there is a directory of that name");
    }
    return makeFile(parent, path.names().getLast(), size, blocks, modified);
  }

  // Counted before anything is changed: the file, its directories, the growth of each, the indexes.
  private boolean hasRoom(List<String> folders, long blocks) throws FillerException {
    long needed = blocks + blocks / BLOCKS_A_NODE + directories.debt();
    int parent = ExtVolume.ROOT;
    int known = 0;
    while (known < folders.size()) {
      Integer child = directories.find(parent, folders.get(known));
      if (child == null) {
        break;
      }
      parent = child;
      known++;
    }
    DirectoryFile growing = directories.open(parent);
    needed += growing.growth() + DirectoryIndex.debt(growing.size() + growing.growth());
    needed += 2L * (folders.size() - known);
    return needed <= volume.freeBlocks();
  }

  // 0 when there is no room.
  private int makeDirectory(int parent, String name, Instant time) throws FillerException {
    int inode = volume.newInode(parent, DIRECTORY_MODE, true);
    if (inode == 0) {
      return 0;
    }
    InodeRecord record = volume.fresh();
    record.begin(DIRECTORY_MODE, 2, time);
    volume.write(inode, record);
    boolean placed = volume.allocate(inode, record, 0, 1);
    record.setSize(volume.blockSize());
    volume.write(inode, record);
    if (!placed || !addName(parent, inode, DirectoryBlock.DIRECTORY, name)) {
      volume.release(inode, record, true);
      return 0;
    }
    directories.open(parent).addLink();
    directories.add(parent, name, DirectoryFile.begin(volume, inode, record, parent));
    return inode;
  }

  private Placement makeFile(int parent, String name, long size, long blocks, Instant modified)
      throws FillerException {
    int inode = volume.newInode(parent, FILE_MODE, false);
    if (inode == 0) {
      return new Placement.Full();
    }
    InodeRecord record = volume.fresh();
    record.begin(FILE_MODE, 1, modified);
    volume.write(inode, record);
    boolean placed = blocks == 0 || volume.allocate(inode, record, 0, blocks);
    record.setSize(size);
    volume.write(inode, record);
    if (!placed || !addName(parent, inode, DirectoryBlock.FILE, name)) {
      volume.release(inode, record, false);
      return new Placement.Full();
    }
    return new Placement.Runs(inode, blocks == 0 ? List.of() : runs(inode, record, size));
  }

  private List<Extent> runs(int inode, InodeRecord record, long size) throws FillerException {
    List<ExtVolume.Run> found = volume.runs(inode, record);
    volume.goOnBehind(found);
    List<Extent> runs = new ArrayList<>();
    for (ExtVolume.Run run : found) {
      long logical = run.logical() * volume.blockSize();
      long length = Math.min((long) run.count() * volume.blockSize(), size - logical);
      runs.add(new Extent(logical, run.physical() * volume.blockSize(), length));
    }
    return runs;
  }

  private boolean addName(int parent, int inode, byte kind, String name) throws FillerException {
    DirectoryFile directory = directories.open(parent);
    boolean added = directory.add(inode, kind, name.getBytes(StandardCharsets.UTF_8));
    directories.sized(directory);
    return added;
  }

  @Override
  public void fill(long file, byte[] content) throws FillerException {
    throw new FillerException("file " + file + " has its own blocks");
  }

  @Override
  public void date(long file, Instant modified) throws FillerException {
    InodeRecord record = volume.read((int) file);
    record.setTimes(modified);
    volume.write((int) file, record);
  }

  @Override
  public void finish(long file) {
    // All was set when it was reserved.
  }

  @Override
  public boolean withdraw(FilePath path) throws FillerException {
    int parent = ExtVolume.ROOT;
    for (String folder : path.names().subList(0, path.names().size() - 1)) {
      Integer child = directories.find(parent, folder);
      if (child == null) {
        return false;
      }
      parent = child;
    }
    String name = path.names().getLast();
    if (directories.find(parent, name) != null) {
      return false;
    }
    int inode = directories.open(parent).remove(name.getBytes(StandardCharsets.UTF_8));
    if (inode == 0) {
      return false;
    }
    volume.release(inode, volume.read(inode), false);
    return true;
  }

  @Override
  public long free() throws FillerException {
    return Math.max(0, volume.freeBlocks() - directories.debt()) * volume.blockSize();
  }

  @Override
  public void flush() throws FillerException {
    directories.flush();
    volume.flush();
  }

  @Override
  public void conclude() throws FillerException {
    directories.index();
    volume.flush();
  }
}
