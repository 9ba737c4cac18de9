package org.diskferry.media.fs.ext;

/// The claims of one file. Where files are laid out by clusters, several of its runs may lie in
/// one.
final class FileClaims implements MapVisitor {
  private final Claims claims;
  private final int ratio;
  private long lastCluster = -1;
  private long lastLogicalCluster = -1;

  FileClaims(Claims claims, int ratio) {
    this.claims = claims;
    this.ratio = ratio;
  }

  @Override
  public boolean run(Run run) {
    long first = run.physical();
    long end = run.physical() + run.count();
    if (first / ratio == lastCluster && run.logical() / ratio == lastLogicalCluster) {
      first = (lastCluster + 1) * ratio;
    }
    if (first < end) {
      claims.claim(first, end - first);
    }
    lastCluster = (end - 1) / ratio;
    lastLogicalCluster = (run.logicalEnd() - 1) / ratio;
    return true;
  }

  @Override
  public void mapBlock(long block) {
    claims.claim(block, 1);
  }
}
