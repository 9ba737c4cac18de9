package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ContentReader;

/// A B-tree, read node by node: TN1150, "B-Trees". Keeps the nodes that were asked for last.
final class BTree implements Index {
  private static final int NODE_POINTER = 4;

  private final String name;
  private final ContentReader fork;
  private final BTreeHeader header;
  private final BTreeNode.RecordLength length;
  private final long most;
  private final Cache cache;
  private final Budget budget;

  private BTree(
      String name,
      ContentReader fork,
      BTreeHeader header,
      BTreeNode.RecordLength length,
      long most,
      Cache cache,
      Budget budget) {
    this.name = name;
    this.fork = fork;
    this.header = header;
    this.length = length;
    this.most = most;
    this.cache = cache;
    this.budget = budget;
  }

  /// @param name for messages
  /// @param length of the records, where a leaf's own table of them cannot be read
  static BTree open(
      String name, Blocks blocks, Fork described, Overflow overflow, BTreeNode.RecordLength length)
      throws MediaException {
    ContentReader fork = blocks.special(described, overflow);
    Budget budget = blocks.budget();
    if (fork.size() < BTreeHeader.NODE_LENGTH) {
      throw MediaException.damaged(name + ": " + fork.size() + " bytes in all");
    }
    ByteBuffer bytes = ByteBuffer.allocate(BTreeHeader.NODE_LENGTH).order(ByteOrder.BIG_ENDIAN);
    budget.chargeRead(bytes.capacity());
    fork.read(0, bytes);
    return of(name, blocks, fork, BTreeHeader.read(bytes.flip(), name), length);
  }

  /// The tree in `fork` that `header` describes.
  static BTree of(
      String name,
      Blocks blocks,
      ContentReader fork,
      BTreeHeader header,
      BTreeNode.RecordLength length) {
    long most = Math.min(fork.size(), blocks.source().size()) / header.nodeSize();
    return new BTree(
        name, fork, header, length, most, new Cache(header.nodeSize()), blocks.budget());
  }

  @Override
  public BTree spending(Budget other) {
    return new BTree(name, fork, header, length, most, cache, other);
  }

  String name() {
    return name;
  }

  BTreeHeader header() {
    return header;
  }

  Budget budget() {
    return budget;
  }

  /// Nodes that there is room for, in the file and on the medium, whatever the header says.
  long nodes() {
    return Math.min(header.nodes(), most);
  }

  /// Node `number`.
  ///
  /// @throws MediaException where there is none, it cannot be read, or contradicts itself
  BTreeNode node(long number) throws MediaException {
    BTreeNode known = cache.get(number);
    if (known != null) {
      budget.chargeStep();
      return known;
    }
    BTreeNode node = node(number, raw(number));
    cache.put(number, node);
    return node;
  }

  /// The node that `raw` holds. Index nodes have records of other lengths than leaves.
  BTreeNode node(long number, NodeBytes raw) throws MediaException {
    boolean isLeaf = BTreeNode.kind(raw) == BTreeNode.LEAF;
    return BTreeNode.read(number, raw, name, isLeaf ? length : BTreeNode.RecordLength.UNTOLD);
  }

  /// The bytes of node `number`, whatever they are. Where it cannot be read as a whole, it is read
  /// sector by sector: a bad one need not cost all that the node holds.
  ///
  /// @throws MediaException where there is no such node, or none of it can be read
  NodeBytes raw(long number) throws MediaException {
    int size = header.nodeSize();
    if (number >= fork.size() / size) {
      throw MediaException.damaged(
          "%s: there is no node %d in %d bytes".formatted(name, number, fork.size()));
    }
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.BIG_ENDIAN);
    try {
      budget.chargeRead(size);
      fork.read(number * size, bytes);
      return NodeBytes.whole(bytes.flip());
    } catch (MediaException e) {
      e.localReason();
      return salvaged(number * size, bytes.clear());
    }
  }

  // A weak sector often answers when it is asked once more.
  private NodeBytes salvaged(long start, ByteBuffer bytes) throws MediaException {
    BitSet lost = new BitSet();
    MediaException last = null;
    for (int at = 0; at < bytes.capacity(); at += NodeBytes.SECTOR) {
      try {
        budget.chargeRead(NodeBytes.SECTOR);
        fork.read(start + at, bytes.slice(at, NodeBytes.SECTOR));
      } catch (MediaException e) {
        e.localReason();
        lost.set(at / NodeBytes.SECTOR);
        last = e;
      }
    }
    if (last == null) {
      return NodeBytes.whole(bytes);
    }
    if (lost.cardinality() * NodeBytes.SECTOR == bytes.capacity()) {
      throw last;
    }
    return new NodeBytes(bytes, lost, last.getMessage());
  }

  /// Compares what is looked for with a key of the tree.
  @FunctionalInterface
  interface Probe {
    /// Less than 0 where what is looked for comes before `key`.
    int compareTo(ByteBuffer key) throws MediaException;
  }

  /// Record `index` of a leaf.
  record Position(BTreeNode leaf, int index) {
    ByteBuffer key() throws MediaException {
      return leaf.key(index);
    }

    ByteBuffer value() throws MediaException {
      return leaf.value(index);
    }
  }

  @Override
  public Optional<Position> find(Probe probe) throws MediaException {
    Optional<Position> floor = floor(probe);
    return floor.isPresent() && probe.compareTo(floor.get().key()) == 0 ? floor : Optional.empty();
  }

  // The last record that is not greater than `probe`.
  private Optional<Position> floor(Probe probe) throws MediaException {
    if (header.depth() == 0) {
      return Optional.empty();
    }
    BTreeNode node = node(header.root());
    while (node.kind() == BTreeNode.INDEX) {
      int index = Math.max(0, floor(node, probe));
      BTreeNode child = node(child(node, index));
      if (child.level() >= node.level()) {
        throw MediaException.damaged(child + ": not below its parent, node " + node.number());
      }
      node = child;
    }
    if (node.kind() != BTreeNode.LEAF) {
      throw MediaException.damaged(node + ": neither index nor leaf");
    }
    int index = floor(node, probe);
    return index < 0 ? Optional.empty() : Optional.of(new Position(node, index));
  }

  /// The node that record `index` of an index leads to.
  long child(BTreeNode node, int index) throws MediaException {
    if (node.records() == 0) {
      throw MediaException.damaged(node + ": an index without records");
    }
    ByteBuffer value = node.value(index, header.hasVariableKeys() ? 0 : header.longestKey());
    if (value.capacity() < NODE_POINTER) {
      throw MediaException.damaged(node + ", record " + index + ": cut off");
    }
    return Fields.u32(value, 0);
  }

  private static int floor(BTreeNode node, Probe probe) throws MediaException {
    return node.isWhole() ? floorOfWhole(node, probe) : floorOfTorn(node, probe);
  }

  // One by one: a record that cannot be read matters only where it may be the one.
  private static int floorOfTorn(BTreeNode node, Probe probe) throws MediaException {
    int floor = -1;
    MediaException lost = null;
    for (int i = 0; i < node.records(); i++) {
      int order;
      try {
        order = probe.compareTo(node.key(i));
      } catch (MediaException e) {
        e.localReason();
        lost = e;
        continue;
      }
      if (order < 0) {
        break;
      }
      floor = i;
      lost = null;
      if (order == 0) {
        break;
      }
    }
    if (lost != null) {
      throw lost;
    }
    return floor;
  }

  private static int floorOfWhole(BTreeNode node, Probe probe) throws MediaException {
    int low = 0;
    int high = node.records();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (probe.compareTo(node.key(middle)) < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low - 1;
  }

  /// The nodes that were asked for last.
  private static final class Cache extends LinkedHashMap<Long, BTreeNode> {
    private static final long serialVersionUID = 1L;

    /// Enough for the whole index of a tree with a million leaves' neighbours, and some leaves.
    private static final int MOST_BYTES = 4 << 20;

    private final int most;

    Cache(int nodeSize) {
      super(16, 0.75f, true);
      this.most = MOST_BYTES / nodeSize;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, BTreeNode> eldest) {
      return size() > most;
    }
  }
}
