package org.diskferry.media.fs.hfsplus;

import java.util.List;
import java.util.Optional;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;

/// Extended attributes, by file and name.
final class AttributesFile {
  private final Index tree;

  AttributesFile(Index tree) {
    this.tree = tree;
  }

  AttributesFile spending(Budget budget) {
    return new AttributesFile(tree.spending(budget));
  }

  Index tree() {
    return tree;
  }

  /// The attribute `name` of file `cnid`.
  Optional<AttributeValue> find(long cnid, String name) throws MediaException {
    return find(new AttributeKey(cnid, 0, name));
  }

  private Optional<AttributeValue> find(AttributeKey wanted) throws MediaException {
    Optional<BTree.Position> found = tree.find(key -> wanted.compareTo(AttributeKey.read(key)));
    return found.isPresent()
        ? Optional.of(AttributeValue.read(found.get().value()))
        : Optional.empty();
  }

  /// How the fork of the attribute `name` goes on.
  Overflow of(long cnid, String name) {
    return from ->
        find(new AttributeKey(cnid, from, name)).orElse(null) instanceof AttributeValue.Runs more
            ? more.runs()
            : List.of();
  }
}
