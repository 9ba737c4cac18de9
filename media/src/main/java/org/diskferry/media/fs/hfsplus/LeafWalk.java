package org.diskferry.media.fs.hfsplus;

import java.util.Optional;
import org.diskferry.media.MediaException;

/// Goes through all leaves of a tree, as they are chained. Where the chain is broken, every node
/// that the tree's own map calls used is looked at instead: a damaged leaf costs that leaf, and a
/// link that leads astray costs nothing.
final class LeafWalk {

  /// Receives what the walk finds.
  interface Visitor {
    /// A leaf that is sound as a node; its records may not be.
    void leaf(BTreeNode leaf) throws MediaException;

    /// A leaf that is lost, or a chain that is broken.
    void damage(String reason) throws MediaException;
  }

  private final BTree tree;
  private final Visitor visitor;
  private final NumberSet passed = new NumberSet();
  private long records;

  LeafWalk(BTree tree, Visitor visitor) {
    this.tree = tree;
    this.visitor = visitor;
  }

  void walk() throws MediaException {
    Optional<String> broken = chain();
    if (broken.isPresent()) {
      visitor.damage(broken.get());
      sweep();
    }
    if (records != tree.header().leafRecords()) {
      visitor.damage(
          "%s: %d records were found, and there should be %d"
              .formatted(tree.name(), records, tree.header().leafRecords()));
    }
  }

  // What is wrong with the chain, if anything is.
  private Optional<String> chain() throws MediaException {
    long previous = 0;
    long at = tree.header().firstLeaf();
    while (at != 0) {
      try {
        BTreeNode node = tree.node(at);
        if (node.kind() != BTreeNode.LEAF || node.previous() != previous || passed.has(at)) {
          return Optional.of(node + ": the chain of leaves is broken behind node " + previous);
        }
        deliver(node);
        previous = at;
        at = node.next();
      } catch (MediaException e) {
        if (isPossible(at)) {
          passed.add(at);
        }
        return Optional.of(e.localReason());
      }
    }
    return previous == tree.header().lastLeaf()
        ? Optional.empty()
        : Optional.of(
            "%s: the chain of leaves ends at node %d and not at %d"
                .formatted(tree.name(), previous, tree.header().lastLeaf()));
  }

  private boolean isPossible(long node) {
    return node < tree.nodes();
  }

  private void deliver(BTreeNode leaf) throws MediaException {
    passed.add(leaf.number());
    records += leaf.records();
    visitor.leaf(leaf);
  }

  private void sweep() throws MediaException {
    NodeMap map = new NodeMap(tree);
    for (long number = 1; number < tree.nodes(); number++) {
      tree.budget().chargeStep();
      if (passed.has(number) || !map.isUsed(number)) {
        continue;
      }
      try {
        NodeBytes raw = tree.raw(number);
        if (BTreeNode.kind(raw) == BTreeNode.LEAF) {
          deliver(tree.node(number, raw));
        }
      } catch (MediaException e) {
        visitor.damage(e.localReason());
      }
    }
  }
}
