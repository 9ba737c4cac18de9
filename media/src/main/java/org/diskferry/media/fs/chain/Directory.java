package org.diskferry.media.fs.chain;

/// A directory that is to be read.
///
/// @param id of its node
/// @param storage its clusters
/// @param depth how many directories lead to it; 0 for the root
public record Directory(long id, Storage storage, int depth) {
  /// Id of the root of every volume: no record has it.
  public static final long ROOT = 0;

  /// The root.
  static Directory root(Storage storage) {
    return new Directory(ROOT, storage, 0);
  }

  /// Whether it is the root.
  public boolean isRoot() {
    return id == ROOT;
  }
}
