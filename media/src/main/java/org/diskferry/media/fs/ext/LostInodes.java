package org.diskferry.media.fs.ext;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Node;

/// Inodes that are in use and cannot be read. What they were is asked of the directories that name
/// them, in a walk of its own, so that their names lead to something and the files among them are
/// told by name.
final class LostInodes implements InodeVisitor {
  /// More than these are not kept: a disk that lost so many is not loaded by name.
  private static final int MOST = 1 << 20;

  private final Layout layout;
  private final Blocks blocks;
  private final Set<Long> numbers = new HashSet<>();
  private final Map<Long, Node.Kind> kinds = new TreeMap<>();

  LostInodes(Layout layout, Blocks blocks) {
    this.layout = layout;
    this.blocks = blocks;
  }

  boolean isEmpty() {
    return numbers.isEmpty();
  }

  /// What those were that some directory names, by number.
  Map<Long, Node.Kind> kinds() {
    return kinds;
  }

  void add(long number) {
    if (numbers.size() < MOST) {
      numbers.add(number);
    }
  }

  @Override
  public void inode(Inode inode) throws MediaException {
    if (inode.links() > 0 && inode.is(Node.Kind.DIRECTORY) && !layout.isHidden(inode.number())) {
      new Directory(layout, blocks, inode, new Kinds()).read();
    }
  }

  @Override
  public void lost(long number, String reason) {}

  @Override
  public void damage(String reason) {}

  private final class Kinds implements EntrySink {
    @Override
    public void entry(byte[] name, long inode, int type) {
      if (numbers.contains(inode)) {
        kinds.put(inode, kind(type));
      }
    }

    // Volumes of the first revision do not say: then it is a file until proven otherwise.
    private static Node.Kind kind(int type) {
      return switch (type) {
        case 2 -> Node.Kind.DIRECTORY;
        case 3, 4, 5, 6 -> Node.Kind.SPECIAL;
        case 7 -> Node.Kind.LINK;
        default -> Node.Kind.FILE;
      };
    }

    @Override
    public void damage(String reason) {}
  }
}
