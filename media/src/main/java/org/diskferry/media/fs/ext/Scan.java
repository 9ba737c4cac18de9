package org.diskferry.media.fs.ext;

import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileName;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;

/// One scan: every inode in the order of the tables, every directory when its inode comes by.
final class Scan implements InodeVisitor {
  private final Layout layout;
  private final Blocks blocks;
  private final Budget budget;
  private final FileContents contents;
  private final FileTree.Visitor visitor;
  private final LostInodes lost;

  Scan(Layout layout, Blocks blocks, FileContents contents, FileTree.Visitor visitor) {
    this.layout = layout;
    this.blocks = blocks;
    this.budget = blocks.budget();
    this.contents = contents;
    this.visitor = visitor;
    this.lost = new LostInodes(layout, blocks);
  }

  @Override
  public void inode(Inode inode) throws MediaException {
    if (inode.links() == 0 || inode.isAttributeValue() || layout.isHidden(inode.number())) {
      return;
    }
    Optional<Node.Kind> kind = inode.kind();
    if (kind.isEmpty()) {
      lost(inode.number(), inode + ": its mode does not exist");
      return;
    }
    switch (kind.get()) {
      case FILE -> file(inode);
      case DIRECTORY -> {
        node(inode, Node.Kind.DIRECTORY);
        directory(inode);
      }
      case LINK, SPECIAL, STREAM -> node(inode, kind.get());
    }
  }

  private void file(Inode inode) throws MediaException {
    FileContents.Glance glance = contents.glance(inode);
    budget.chargeEntry();
    visitor.node(
        new Node(
            inode.number(),
            Node.Kind.FILE,
            Math.max(0, inode.size()),
            inode.modified(),
            glance.firstByte(),
            glance.form()));
  }

  private void node(Inode inode, Node.Kind kind) throws MediaException {
    budget.chargeEntry();
    visitor.node(new Node(inode.number(), kind, 0, inode.modified(), -1, Node.Form.NONE));
  }

  @Override
  public void lost(long number, String reason) throws MediaException {
    if (layout.isHidden(number)) {
      return;
    }
    visitor.damage(new Damage(number, reason));
    if (number == Superblock.ROOT) {
      lostNode(number, Node.Kind.DIRECTORY);
    } else {
      lost.add(number);
    }
  }

  /// Delivers what could not be read itself and is known by its names.
  void finish(InodeTables inodes) throws MediaException {
    if (!lost.isEmpty()) {
      inodes.walk(lost);
      for (Map.Entry<Long, Node.Kind> one : lost.kinds().entrySet()) {
        lostNode(one.getKey(), one.getValue());
      }
    }
  }

  private void lostNode(long number, Node.Kind kind) throws MediaException {
    budget.chargeEntry();
    Node.Form form = kind == Node.Kind.FILE ? Node.Form.UNREADABLE : Node.Form.NONE;
    visitor.node(new Node(number, kind, 0, Instant.EPOCH, -1, form));
  }

  @Override
  public void damage(String reason) throws MediaException {
    visitor.damage(new Damage(-1, reason));
  }

  private void directory(Inode inode) throws MediaException {
    new Directory(layout, blocks, inode, new Links(inode)).read();
  }

  /// From the entries of one directory to links.
  private final class Links implements EntrySink {
    private final Inode directory;

    Links(Inode directory) {
      this.directory = directory;
    }

    @Override
    public void entry(byte[] name, long inode, int type) throws MediaException {
      if (inode == Superblock.ROOT
          || inode == directory.number()
          || inode > layout.geometry().inodes()
          || layout.isHidden(inode)) {
        damage("%s leads to inode %d".formatted(fileName(name).text(), inode));
        return;
      }
      budget.chargeEntry();
      visitor.link(new Link(directory.number(), fileName(name), inode));
    }

    // Without the key a name is noise; it is shown in letters, as drivers do.
    private FileName fileName(byte[] name) {
      return FileName.ofUtf8(
          directory.isEncrypted() ? Base64.getUrlEncoder().withoutPadding().encode(name) : name);
    }

    @Override
    public void damage(String reason) throws MediaException {
      visitor.damage(
          new Damage(directory.number(), "directory " + directory.number() + ": " + reason));
    }
  }
}
