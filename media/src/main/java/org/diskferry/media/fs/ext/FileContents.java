package org.diskferry.media.fs.ext;

import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Node;

/// From an inode to its [Content].
final class FileContents {
  /// Logical blocks have 32 bits.
  private static final long MOST_BLOCKS = 1L << 32;

  private final BlockSource volume;
  private final Layout layout;
  private final Blocks blocks;
  private final Replay replay;
  private final Bounds bounds;

  /// `volume` is the replayed one; `bounds` are those of each content that is read on demand.
  FileContents(BlockSource volume, Layout layout, Blocks blocks, Replay replay, Bounds bounds) {
    this.volume = volume;
    this.layout = layout;
    this.blocks = blocks;
    this.replay = replay;
    this.bounds = bounds;
  }

  /// How a file is stored, and where it begins; less work than to ask for all of it.
  ///
  /// @param form as [Node#form]
  /// @param firstByte as [Node#firstByte]
  record Glance(Node.Form form, long firstByte) {}

  Glance glance(Inode inode) throws MediaException {
    if (!replay.isEmpty() || inode.isInline() || inode.isEncrypted() || !hasSoundSize(inode)) {
      return glance(content(inode));
    }
    RunList first = new RunList(layout.geometry(), blocks, replay, inode.size(), 1);
    try {
      new BlockMap(layout, blocks).walk(inode, 0, run -> first.run(run) && first.isEmpty());
    } catch (MediaException e) {
      Groups.reasonUnlessFatal(e);
      return new Glance(Node.Form.UNREADABLE, -1);
    }
    return new Glance(first.isAll() ? Node.Form.ONE_EXTENT : Node.Form.EXTENTS, first.firstByte());
  }

  private static Glance glance(Content content) {
    return switch (content) {
      case Content.Extents extents ->
          new Glance(
              extents.isOne() ? Node.Form.ONE_EXTENT : Node.Form.EXTENTS,
              extents.runs().isEmpty() ? -1 : extents.runs().getFirst().physical());
      case Content.Encoded _ -> new Glance(Node.Form.ENCODED, -1);
      case Content.Inline _ -> new Glance(Node.Form.INLINE, -1);
      case Content.Unreadable _ -> new Glance(Node.Form.UNREADABLE, -1);
    };
  }

  private boolean hasSoundSize(Inode inode) {
    return inode.size() >= 0 && inode.size() <= MOST_BLOCKS * layout.geometry().blockSize();
  }

  Content content(Inode inode) throws MediaException {
    if (inode.isEncrypted()) {
      return new Content.Unreadable("the file is encrypted, and its key is not on the disk");
    }
    try {
      return inode.isInline()
          ? new Content.Inline(InlineData.of(inode).content(inode, inode.size()))
          : mapped(inode);
    } catch (MediaException e) {
      return new Content.Unreadable(Groups.reasonUnlessFatal(e));
    }
  }

  private Content mapped(Inode inode) throws MediaException {
    if (!hasSoundSize(inode)) {
      throw MediaException.damaged(
          inode + ": it claims " + Long.toUnsignedString(inode.size()) + " bytes");
    }
    RunList runs = new RunList(layout.geometry(), blocks, replay, inode.size(), RunList.MOST);
    new BlockMap(layout, blocks).walk(inode, 0, runs);
    if (runs.isComplete()) {
      return new Content.Extents(inode.size(), List.copyOf(runs.extents()));
    }
    return new MappedContent(volume, layout, inode, bounds);
  }
}
