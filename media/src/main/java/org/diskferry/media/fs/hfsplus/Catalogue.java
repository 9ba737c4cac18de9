package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;

/// The catalogue: every folder and file by parent and name.
final class Catalogue {
  static final long ROOT_PARENT = 1;
  static final long ROOT = 2;

  /// CNIDs below are the file system's own.
  static final long FIRST_USER = 16;

  private final BTree tree;

  Catalogue(BTree tree) {
    this.tree = tree;
  }

  Catalogue spending(Budget budget) {
    return new Catalogue(tree.spending(budget));
  }

  BTree tree() {
    return tree;
  }

  /// Record `index` of `leaf`.
  static CatalogRecord record(BTreeNode leaf, int index, CatalogKey key) throws MediaException {
    return CatalogRecord.read(key, leaf.value(index));
  }

  /// The thread of `cnid`.
  Optional<CatalogRecord.Clue> thread(long cnid) throws MediaException {
    Optional<CatalogRecord> found = find(cnid, "");
    return found.isPresent() && found.get() instanceof CatalogRecord.Clue thread
        ? Optional.of(thread)
        : Optional.empty();
  }

  /// The record of `name` in folder `parent`; only names of ASCII and NUL are found reliably.
  Optional<CatalogRecord> find(long parent, String name) throws MediaException {
    boolean isBinary = comparesBinary();
    Optional<BTree.Position> found = tree.find(key -> compare(parent, name, key, isBinary));
    return found.isPresent()
        ? Optional.of(CatalogRecord.read(CatalogKey.read(found.get().key()), found.get().value()))
        : Optional.empty();
  }

  private boolean comparesBinary() {
    return tree.header().comparesBinary();
  }

  private static int compare(long parent, String name, ByteBuffer key, boolean isBinary)
      throws MediaException {
    CatalogKey other = CatalogKey.read(key);
    int order = Long.compare(parent, other.parent());
    if (order != 0) {
      return order;
    }
    return isBinary ? name.compareTo(other.name()) : NameOrder.compare(name, other.name());
  }
}
