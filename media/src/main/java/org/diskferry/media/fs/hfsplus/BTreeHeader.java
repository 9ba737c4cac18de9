package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;

/// What describes a B-tree, the first record of its node 0: TN1150, "Header Record".
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 2 | depth |
/// | 2 | 4 | root node |
/// | 6 | 4 | records in leaves |
/// | 10 | 4 | first leaf |
/// | 14 | 4 | last leaf |
/// | 18 | 2 | bytes of a node |
/// | 20 | 2 | longest key |
/// | 22 | 4 | nodes |
/// | 37 | 1 | `BC` where names are compared unit by unit |
/// | 38 | 4 | attributes |
///
/// @param depth levels, leaves included; 0 for an empty tree
/// @param comparesBinary whether names differ where their case does
/// @param hasVariableKeys whether keys of index nodes are as long as they need
record BTreeHeader(
    int depth,
    long root,
    long leafRecords,
    long firstLeaf,
    long lastLeaf,
    int nodeSize,
    int longestKey,
    long nodes,
    boolean comparesBinary,
    boolean hasVariableKeys) {
  /// Bytes of node 0 that any node size holds.
  static final int NODE_LENGTH = 512;

  private static final int VARIABLE_INDEX_KEYS = 4;
  private static final int BINARY_COMPARE = 0xBC;
  private static final int HEADER_NODE = 1;

  /// From the first bytes of node 0.
  static BTreeHeader read(ByteBuffer node, String tree) throws MediaException {
    ByteBuffer bytes = node.slice(14, 106);
    int nodeSize = Fields.u16(bytes, 18);
    if (node.get(8) != HEADER_NODE || !isNodeSize(nodeSize)) {
      throw MediaException.damaged(
          tree + ": its header is damaged (nodes of " + nodeSize + " bytes)");
    }
    return new BTreeHeader(
        Fields.u16(bytes, 0),
        Fields.u32(bytes, 2),
        Fields.u32(bytes, 6),
        Fields.u32(bytes, 10),
        Fields.u32(bytes, 14),
        nodeSize,
        Fields.u16(bytes, 20),
        Fields.u32(bytes, 22),
        Fields.u8(bytes, 37) == BINARY_COMPARE,
        (bytes.getInt(38) & VARIABLE_INDEX_KEYS) != 0);
  }

  private static boolean isNodeSize(int size) {
    return Integer.bitCount(size) == 1 && size >= 512;
  }
}
