package org.diskferry.media.fs.hfsplus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ContentReader;

/// Puts the header of a tree together from its nodes, where node 0 cannot be read: there is no copy
/// of it. Of the nodes that are not used any more some still look like leaves. So only a chain of
/// leaves counts whose links agree both ways from its first to its last, and of those the one with
/// the most records that an index leads to.
final class LostHeader {
  /// TN1150 demands 4 KiB at least of a catalogue, and Apple's tools make no smaller nodes at all.
  private static final int[] NODE_SIZES = {4096, 8192, 16384, 32768, 2048, 1024, 512};

  /// A hostile disk can call every node a root.
  private static final int MOST_ROOTS = 1000;

  private record Chain(BTreeNode first, long last, long records) {}

  private final BTree tree;
  private final BTreeHeader draft;
  private final List<BTreeNode> roots = new ArrayList<>();
  private Optional<Chain> best = Optional.empty();

  private LostHeader(BTree tree) {
    this.tree = tree;
    this.draft = tree.header();
  }

  /// The tree in `fork`, of keys of any length.
  ///
  /// @param name for messages
  /// @param comparesBinary how it compares names
  /// @param length as [BTree#open] has it
  /// @throws MediaException where no nodes make a tree
  static BTree reassemble(
      String name,
      Blocks blocks,
      ContentReader fork,
      boolean comparesBinary,
      BTreeNode.RecordLength length)
      throws MediaException {
    for (int nodeSize : NODE_SIZES) {
      long nodes = fork.size() / nodeSize;
      BTreeHeader draft = new BTreeHeader(0, 0, 0, 0, 0, nodeSize, 0, nodes, comparesBinary, true);
      Optional<BTreeHeader> found =
          new LostHeader(BTree.of(name, blocks, fork, draft, length)).header();
      if (found.isPresent()) {
        return BTree.of(name, blocks, fork, found.get(), length);
      }
    }
    throw MediaException.damaged(name + ": no nodes that make a tree");
  }

  private Optional<BTreeHeader> header() throws MediaException {
    for (long number = 1; number < tree.nodes(); number++) {
      Optional<BTreeNode> node = node(number);
      if (node.isPresent() && node.get().previous() == 0) {
        look(node.get());
      }
    }
    if (best.isEmpty()) {
      return Optional.empty();
    }
    Chain chain = best.get();
    // A leaf that is not used any more may stand alone, too: then an index is about.
    if (chain.first().number() == chain.last() && roots.isEmpty()) {
      return Optional.of(header(chain.first(), chain));
    }
    for (BTreeNode root : roots) {
      if (leadsTo(root, chain.first().number())) {
        return Optional.of(header(root, chain));
      }
    }
    return Optional.empty();
  }

  private BTreeHeader header(BTreeNode root, Chain chain) {
    return new BTreeHeader(
        root.level(),
        root.number(),
        chain.records(),
        chain.first().number(),
        chain.last(),
        draft.nodeSize(),
        draft.longestKey(),
        draft.nodes(),
        draft.comparesBinary(),
        draft.hasVariableKeys());
  }

  private Optional<BTreeNode> node(long number) throws MediaException {
    try {
      return Optional.of(tree.node(number));
    } catch (MediaException e) {
      // One that is not used, or a bad one: a chain that needs it will be missing a link.
      e.localReason();
      return Optional.empty();
    }
  }

  private void look(BTreeNode node) throws MediaException {
    if (node.kind() == BTreeNode.LEAF && node.records() > 0) {
      Optional<Chain> chain = chain(node);
      if (chain.isPresent() && (best.isEmpty() || chain.get().records() > best.get().records())) {
        best = chain;
      }
    } else if (node.kind() == BTreeNode.INDEX && node.next() == 0 && roots.size() < MOST_ROOTS) {
      roots.add(node);
    }
  }

  // No two chains share a node, and none leads back: each has one node before it.
  private Optional<Chain> chain(BTreeNode first) throws MediaException {
    BTreeNode at = first;
    long records = at.records();
    while (at.next() != 0) {
      tree.budget().chargeStep();
      Optional<BTreeNode> next = node(at.next());
      if (next.isEmpty()
          || next.get().kind() != BTreeNode.LEAF
          || next.get().previous() != at.number()) {
        return Optional.empty();
      }
      at = next.get();
      records += at.records();
    }
    return Optional.of(new Chain(first, at.number(), records));
  }

  private boolean leadsTo(BTreeNode root, long leaf) throws MediaException {
    BTreeNode at = root;
    try {
      while (at.kind() == BTreeNode.INDEX) {
        tree.budget().chargeStep();
        BTreeNode child = tree.node(tree.child(at, 0));
        if (child.level() != at.level() - 1) {
          return false;
        }
        at = child;
      }
    } catch (MediaException e) {
      e.localReason();
      return false;
    }
    return at.number() == leaf;
  }
}
