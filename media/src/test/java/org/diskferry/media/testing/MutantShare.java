package org.diskferry.media.testing;

/// How many seeded mutants each part of the device stack must survive in one run of the suite: the
/// house's promise is [#PROMISED] in all, within five minutes. `-Ddiskferry.mutants=10` runs ten
/// times as many, `-Ddiskferry.seed=N` others.
public enum MutantShare {
  /// Partition tables alone.
  TABLES(2_000),
  /// Partitioned disks of several volumes.
  DISKS(2_500),
  /// ext2, ext3, ext4.
  EXT(4_000),
  /// NTFS.
  NTFS(4_000),
  /// FAT12, FAT16, FAT32.
  FAT(2_500),
  /// exFAT.
  EXFAT(2_500),
  /// HFS+ and HFSX.
  HFS(2_500);

  /// In all.
  public static final int PROMISED = 20_000;

  private static final int FACTOR = Integer.getInteger("diskferry.mutants", 1);

  private final int share;

  MutantShare(int share) {
    this.share = share;
  }

  /// So many this run makes.
  public int count() {
    return Math.multiplyExact(share, FACTOR);
  }
}
