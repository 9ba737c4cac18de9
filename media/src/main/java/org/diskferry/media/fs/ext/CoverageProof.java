package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.Ranges;

/// Compares the maps of used clusters with all that is known to use some. Volumes larger than a
/// window are walked once a window, so that memory does not grow with them.
final class CoverageProof {
  /// Two bits a cluster: 64 MiB of heap for 1 TiB in clusters of 4 KiB.
  private static final long WINDOW = 1L << 28;

  private static final int DOUBLE_INDIRECT = 13 * Integer.BYTES;

  private final Layout layout;
  private final Geometry geometry;
  private final Blocks blocks;
  private final Groups groups;
  private final InodeTables inodes;
  private final long window;
  private final Ranges unexplained = new Ranges();
  private final Ranges contested = new Ranges();
  private final List<String> exceptions = new ArrayList<>();
  private long allocated;
  private long explained;

  CoverageProof(Layout layout, Blocks blocks, InodeTables inodes) {
    this(layout, blocks, inodes, WINDOW);
  }

  CoverageProof(Layout layout, Blocks blocks, InodeTables inodes, long window) {
    this.layout = layout;
    this.geometry = layout.geometry();
    this.blocks = blocks;
    this.groups = new Groups(layout, blocks);
    this.inodes = inodes;
    this.window = window;
  }

  Coverage coverage() throws MediaException {
    Set<Long> orphans = new Orphans(layout, blocks, inodes).find();
    noteExceptions(orphans);
    int present = groups.present();
    long end = Math.ceilDiv(groupsEnd(present), (long) geometry.ratio());
    for (long start = 0; start < end; start += window) {
      walkWindow(start, Math.min(end, start + window), present, orphans);
    }
    if (present < geometry.groups()) {
      long missing = Math.ceilDiv(geometry.blocks() - groupsEnd(present), (long) geometry.ratio());
      exceptions.add("groups from %d on lie behind the end of the medium".formatted(present));
      allocated += missing;
      unexplained.add(end, missing);
    }
    return new Coverage(
        geometry.clusterSize(),
        allocated,
        explained,
        unexplained.all(),
        contested.all(),
        exceptions);
  }

  private long groupsEnd(int count) {
    return Math.min(geometry.blocks(), geometry.groupStart(count));
  }

  private void noteExceptions(Set<Long> orphans) {
    if (!orphans.isEmpty()) {
      exceptions.add(
          "%d files were deleted or cut while they were open; their blocks are not free yet"
              .formatted(orphans.size()));
    }
    if (layout.has(Feature.SHARED_BLOCKS)) {
      exceptions.add("files share blocks by design (shared_blocks)");
    }
    int unknown = layout.features().unknownReadOnly();
    if (unknown != 0) {
      exceptions.add("what unknown features (0x%X) use cannot be explained".formatted(unknown));
    }
  }

  private void walkWindow(long start, long end, int present, Set<Long> orphans)
      throws MediaException {
    Claims claims =
        new Claims(geometry.ratio(), start, end, layout.has(Feature.SHARED_BLOCKS), contested);
    for (int group = 0; group < present; group++) {
      blocks.budget().chargeStep();
      claimGroup(group, claims);
    }
    ChangedBlocks changed = new ChangedBlocks(start, end);
    for (long number : layout.changes().inodes(0, geometry.inodes() + 1)) {
      changed.look(number);
    }
    long multiMount = layout.superblock().multiMountBlock();
    if (geometry.holds(multiMount, 1)) {
      claims.claimMetadata(multiMount, 1);
    }
    inodes.walk(new InodeClaims(claims, orphans));
    for (int group = 0; group < present; group++) {
      compare(group, claims, changed, start, end);
    }
  }

  private void claimGroup(int group, Claims claims) throws MediaException {
    long head = Math.min(layout.headBlocks(group), geometry.blocksIn(group));
    if (head > 0) {
      long start =
          layout.hasSuperblock(group) ? layout.superblockOf(group) : geometry.groupStart(group);
      claims.claimMetadata(start, head);
    }
    try {
      GroupDescriptor descriptor = groups.descriptor(group);
      claims.claimMetadata(descriptor.blockBitmap(), 1);
      claims.claimMetadata(descriptor.inodeBitmap(), 1);
      claims.claimMetadata(descriptor.inodeTable(), geometry.inodeTableBlocks());
    } catch (MediaException e) {
      // Comparing says so; nothing that it has is claimed.
      Groups.reasonUnlessFatal(e);
    }
  }

  private void compare(int group, Claims claims, ChangedBlocks changed, long start, long end)
      throws MediaException {
    long first = geometry.groupStart(group) / geometry.ratio();
    int count = geometry.clustersIn(group);
    if (first + count <= start || first >= end) {
      return;
    }
    int from = (int) Math.max(0, start - first);
    int to = (int) Math.min(count, end - first);
    try {
      ByteBuffer bitmap = new Bitmaps(layout, blocks).clusters(group, groups.descriptor(group));
      for (int i = from; i < to; i++) {
        boolean isSet = Bitmaps.isSet(bitmap, i);
        boolean isOwned = claims.isOwned(first + i);
        compareCluster(first + i, changed.isUsed(first + i, isSet, isOwned), isOwned);
      }
    } catch (MediaException e) {
      noteUnknown(group, Groups.reasonUnlessFatal(e));
      for (int i = from; i < to; i++) {
        compareCluster(first + i, true, claims.isOwned(first + i));
      }
    }
  }

  private void noteUnknown(int group, String reason) {
    if (exceptions.size() < Coverage.MOST_RANGES) {
      exceptions.add(
          "group %d: what it uses is not known, all of it counts as used: %s"
              .formatted(group, reason));
    }
  }

  private void compareCluster(long cluster, boolean isUsed, boolean isOwned) {
    if (isUsed) {
      allocated++;
      if (isOwned) {
        explained++;
      } else {
        unexplained.add(cluster, 1);
      }
    } else if (isOwned) {
      contested.add(cluster, 1);
    }
  }

  /// What the maps of used clusters do not know yet: what files have got and lost by fast commits.
  private final class ChangedBlocks {
    private final long start;
    private final long end;
    private final BlockSet gained;
    private final BlockSet lost;

    ChangedBlocks(long start, long end) {
      this.start = start;
      this.end = end;
      this.gained = new BlockSet(Math.toIntExact(end - start));
      this.lost = new BlockSet(Math.toIntExact(end - start));
    }

    void look(long number) throws MediaException {
      try {
        Inode stored = inodes.raw(number);
        if (stored.links() > 0 && stored.holds(layout.checksums())) {
          add(stored, lost);
        }
        Inode now = inodes.inode(number);
        if (now.links() > 0) {
          add(now, gained);
        }
      } catch (MediaException e) {
        // Its content says so; what was not reached stays unexplained.
        Groups.reasonUnlessFatal(e);
      }
    }

    private void add(Inode inode, BlockSet set) throws MediaException {
      long attributes = inode.attributeBlock(layout);
      if (geometry.holds(attributes, 1)) {
        add(attributes, 1, set);
      }
      new BlockMap(layout, blocks)
          .walk(
              inode,
              0,
              new MapVisitor() {
                @Override
                public boolean run(Run run) {
                  add(run.physical(), run.count(), set);
                  return true;
                }

                @Override
                public void mapBlock(long block) {
                  add(block, 1, set);
                }
              });
    }

    private void add(long block, long count, BlockSet set) {
      long last = (block + count - 1) / geometry.ratio();
      long to = Math.min(last, end - 1);
      for (long cluster = Math.max(block / geometry.ratio(), start); cluster <= to; cluster++) {
        set.add((int) (cluster - start));
      }
    }

    /// Whether `cluster` is used, of which the map says so or not, and which somebody claims or
    /// not.
    boolean isUsed(long cluster, boolean isSet, boolean isOwned) {
      int number = (int) (cluster - start);
      return isSet ? isOwned || !lost.has(number) : isOwned && gained.has(number);
    }
  }

  /// What inodes claim. Inodes that cannot be read claim nothing: their blocks stay unexplained.
  private final class InodeClaims implements InodeVisitor {
    private final Claims claims;
    private final Set<Long> orphans;

    InodeClaims(Claims claims, Set<Long> orphans) {
      this.claims = claims;
      this.orphans = orphans;
    }

    @Override
    public void inode(Inode inode) throws MediaException {
      boolean isHidden = layout.isHidden(inode.number());
      if (inode.links() == 0 && !isHidden && !orphans.contains(inode.number())) {
        return;
      }
      long attributes = inode.attributeBlock(layout);
      if (geometry.holds(attributes, 1)) {
        claims.claimShared(attributes, 1);
      }
      if (inode.number() == Superblock.RESIZE_INODE && layout.has(Feature.RESIZE_INODE)) {
        claimResizeInode(inode);
      } else if (isHidden || inode.kind().isPresent()) {
        claimMap(inode);
      }
    }

    // Its map leads through the blocks that are reserved for descriptors, which have their owner.
    private void claimResizeInode(Inode inode) {
      long block = Fields.u32(inode.blockField(), DOUBLE_INDIRECT);
      if (geometry.holds(block, 1)) {
        claims.claim(block, 1);
      }
    }

    private void claimMap(Inode inode) throws MediaException {
      try {
        new BlockMap(layout, blocks).walk(inode, 0, new FileClaims(claims, geometry.ratio()));
      } catch (MediaException e) {
        // Its content says so; what was not reached stays unexplained.
        Groups.reasonUnlessFatal(e);
      }
    }

    @Override
    public void lost(long number, String reason) {}

    @Override
    public void damage(String reason) {}
  }
}
