package org.diskferry.media.fs.ext;

import org.diskferry.media.MediaException;

/// The sizes of a volume, checked against one another.
///
/// @param blockSize bytes of a block
/// @param ratio blocks of a cluster, the unit of allocation
/// @param blocks blocks of the volume
/// @param firstBlock block at which the first group begins
/// @param blocksPerGroup blocks of every group but the last
/// @param inodesPerGroup inodes of every group
/// @param inodeSize bytes of an inode
/// @param descriptorSize bytes of a group's descriptor
/// @param groups groups of the volume
record Geometry(
    int blockSize,
    int ratio,
    long blocks,
    long firstBlock,
    long blocksPerGroup,
    int inodesPerGroup,
    int inodeSize,
    int descriptorSize,
    int groups) {

  /// Physical block numbers of extents have 48 bits.
  private static final long MOST_BLOCKS = 1L << 48;

  /// A cluster of 2^16 blocks is the largest that a group's fields can express.
  private static final int MOST_LOG_RATIO = 16;

  /// The format's own limit: a descriptor may be as large as the smallest block.
  private static final int LARGEST_DESCRIPTOR = 1024;

  static Geometry of(Superblock superblock) throws MediaException {
    int blockSize = superblock.blockSize();
    long logRatio = superblock.logClusterBlocks();
    check(logRatio >= 0 && logRatio <= MOST_LOG_RATIO, "cluster size", logRatio);
    int ratio = 1 << logRatio;
    long firstBlock = superblock.firstBlock();
    check(firstBlock == (blockSize == 1024 && ratio == 1 ? 1 : 0), "first block", firstBlock);
    long blocks = superblock.blocks();
    check(blocks > firstBlock && blocks <= MOST_BLOCKS, "number of blocks", blocks);
    long clusters = superblock.clustersPerGroup();
    check(clusters > 0 && clusters <= 8L * blockSize, "clusters per group", clusters);
    long blocksPerGroup = superblock.blocksPerGroup();
    check(blocksPerGroup == clusters * ratio, "blocks per group", blocksPerGroup);
    long inodesPerGroup = superblock.inodesPerGroup();
    check(inodesPerGroup > 0 && inodesPerGroup <= 8L * blockSize, "inodes", inodesPerGroup);
    int inodeSize = superblock.inodeSize();
    check(isPowerOfTwo(inodeSize, Inode.SMALL, blockSize), "inode size", inodeSize);
    int descriptorSize = superblock.descriptorSize();
    int smallest =
        superblock.features().has(Feature.WIDE) ? GroupDescriptor.WIDE : GroupDescriptor.SMALL;
    check(
        isPowerOfTwo(descriptorSize, smallest, LARGEST_DESCRIPTOR),
        "descriptor size",
        descriptorSize);
    long groups = Math.ceilDiv(blocks - firstBlock, blocksPerGroup);
    check(groups * inodesPerGroup == superblock.inodes(), "number of inodes", superblock.inodes());
    return new Geometry(
        blockSize,
        ratio,
        blocks,
        firstBlock,
        blocksPerGroup,
        (int) inodesPerGroup,
        inodeSize,
        descriptorSize,
        Math.toIntExact(groups));
  }

  private static boolean isPowerOfTwo(int value, int least, int most) {
    return value >= least && value <= most && Integer.bitCount(value) == 1;
  }

  private static void check(boolean holds, String what, long value) throws MediaException {
    if (!holds) {
      throw MediaException.damaged("superblock: " + what + " cannot be " + value);
    }
  }

  long bytes() {
    return blocks * blockSize;
  }

  long inodes() {
    return (long) groups * inodesPerGroup;
  }

  int groupOf(long inode) {
    return (int) ((inode - 1) / inodesPerGroup);
  }

  int indexOf(long inode) {
    return (int) ((inode - 1) % inodesPerGroup);
  }

  long inode(int group, int index) {
    return (long) group * inodesPerGroup + index + 1;
  }

  long groupStart(long group) {
    return firstBlock + group * blocksPerGroup;
  }

  long blocksIn(int group) {
    return Math.min(blocksPerGroup, blocks - groupStart(group));
  }

  int clustersIn(int group) {
    return (int) Math.ceilDiv(blocksIn(group), (long) ratio);
  }

  int clustersPerGroup() {
    return (int) (blocksPerGroup / ratio);
  }

  int clusterSize() {
    return Math.multiplyExact(blockSize, ratio);
  }

  int inodesPerBlock() {
    return blockSize / inodeSize;
  }

  int inodeTableBlocks() {
    return Math.ceilDiv(inodesPerGroup, inodesPerBlock());
  }

  int descriptorsPerBlock() {
    return blockSize / descriptorSize;
  }

  int descriptorBlocks() {
    return Math.ceilDiv(groups, descriptorsPerBlock());
  }

  /// Whether `[block, block + count)` lies where files and metadata may lie.
  boolean holds(long block, long count) {
    return block >= firstBlock && block > 0 && count > 0 && count <= blocks - block;
  }
}
