package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;

/// Which nodes of a tree are used, as far as that can be read; else all of them are taken for used.
/// The map begins in the third record of node 0 and goes on in nodes of its own: TN1150, "Map
/// Record". Read forwards.
final class NodeMap {
  private static final int MAP_RECORD = 2;

  private final BTree tree;
  private ByteBuffer piece = ByteBuffer.allocate(0);
  private long first;
  private long nextNode;
  private boolean isKnown = true;

  NodeMap(BTree tree) throws MediaException {
    this.tree = tree;
    load(0, MAP_RECORD);
  }

  private void load(long number, int record) throws MediaException {
    try {
      BTreeNode node = tree.node(number, tree.raw(number));
      if (node.records() <= record) {
        isKnown = false;
        return;
      }
      first += piece.capacity() * (long) Byte.SIZE;
      piece = node.record(record);
      nextNode = node.next();
    } catch (MediaException e) {
      e.localReason();
      isKnown = false;
    }
  }

  boolean isUsed(long number) throws MediaException {
    while (isKnown && number >= first + piece.capacity() * (long) Byte.SIZE) {
      if (nextNode == 0 || nextNode >= tree.nodes()) {
        isKnown = false;
      } else {
        load(nextNode, 0);
      }
    }
    if (!isKnown) {
      return true;
    }
    int bit = (int) (number - first);
    return (piece.get(bit / Byte.SIZE) & 0x80 >>> bit % Byte.SIZE) != 0;
  }
}
