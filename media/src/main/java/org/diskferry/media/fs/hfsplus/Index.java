package org.diskferry.media.fs.hfsplus;

import java.util.Optional;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;

/// Something to look records up in: a tree, or what became of it.
sealed interface Index permits BTree, Index.None, Index.Broken {

  /// The record that `probe` is equal to.
  Optional<BTree.Position> find(BTree.Probe probe) throws MediaException;

  /// The same on another account.
  Index spending(Budget other);

  /// A volume need not have one.
  record None() implements Index {
    @Override
    public Optional<BTree.Position> find(BTree.Probe probe) {
      return Optional.empty();
    }

    @Override
    public Index spending(Budget other) {
      return this;
    }
  }

  /// There is one, and it cannot be read.
  record Broken(String reason) implements Index {
    @Override
    public Optional<BTree.Position> find(BTree.Probe probe) throws MediaException {
      throw MediaException.damaged(reason);
    }

    @Override
    public Index spending(Budget other) {
      return this;
    }
  }
}
