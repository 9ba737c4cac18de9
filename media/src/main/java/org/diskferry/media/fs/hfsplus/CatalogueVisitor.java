package org.diskferry.media.fs.hfsplus;

import org.diskferry.media.MediaException;

/// Takes the records of leaves apart. A record that is damaged costs itself.
abstract class CatalogueVisitor implements LeafWalk.Visitor {

  /// A record, and where it is.
  record Found(long leaf, int index, CatalogKey key, CatalogRecord record) {}

  /// A sound record.
  abstract void found(Found found) throws MediaException;

  @Override
  public final void leaf(BTreeNode leaf) throws MediaException {
    for (int i = 0; i < leaf.records(); i++) {
      Found found;
      try {
        CatalogKey key = CatalogKey.read(leaf.key(i));
        found = new Found(leaf.number(), i, key, Catalogue.record(leaf, i, key));
      } catch (MediaException e) {
        damage(leaf + ", record " + i + ": " + e.localReason());
        continue;
      }
      found(found);
    }
  }
}
