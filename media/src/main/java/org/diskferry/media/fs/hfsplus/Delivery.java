package org.diskferry.media.fs.hfsplus;

import java.time.Instant;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileName;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;

/// Tells a visitor of nodes, links and damage, each on the account.
final class Delivery {
  private final FileContents contents;
  private final Budget budget;
  private final FileTree.Visitor visitor;

  Delivery(FileContents contents, Budget budget, FileTree.Visitor visitor) {
    this.contents = contents;
    this.budget = budget;
    this.visitor = visitor;
  }

  void damage(long id, String reason) throws MediaException {
    visitor.damage(new Damage(id, reason));
  }

  void link(long parent, FileName name, long child) throws MediaException {
    budget.chargeEntry();
    visitor.link(new Link(parent, name, child));
  }

  /// What has no content.
  void plain(long id, Node.Kind kind, Instant modified) throws MediaException {
    node(new Node(id, kind, 0, modified, -1, Node.Form.NONE));
  }

  /// A file of which no more is left than that it was there.
  void lost(long id) throws MediaException {
    node(new Node(id, Node.Kind.FILE, 0, Instant.EPOCH, -1, Node.Form.UNREADABLE));
  }

  /// A file, and its resource fork where it has one.
  ///
  /// @return whether it has
  boolean file(long id, CatalogRecord.File file) throws MediaException {
    FileContents.Data data = contents.data(file);
    content(id, Node.Kind.FILE, data.size(), file, data.content());
    boolean hasFork = hasResourceFork(file, data);
    if (hasFork) {
      long size = Math.max(0, file.resource().size());
      content(NodeId.resourceFork(id), Node.Kind.STREAM, size, file, contents.resource(file));
    }
    return hasFork;
  }

  /// Whether `file` has a resource fork that is a thing beside it.
  boolean hasResourceFork(CatalogRecord.File file) throws MediaException {
    return file.resource().size() != 0 && hasResourceFork(file, contents.data(file));
  }

  private static boolean hasResourceFork(CatalogRecord.File file, FileContents.Data data) {
    return file.resource().size() != 0 && !data.usesResourceFork();
  }

  private void content(long id, Node.Kind kind, long size, CatalogRecord.File file, Content content)
      throws MediaException {
    node(new Node(id, kind, size, file.modified(), firstByte(content), form(content, size)));
  }

  private static long firstByte(Content content) {
    return content instanceof Content.Extents extents && !extents.runs().isEmpty()
        ? extents.runs().getFirst().physical()
        : -1;
  }

  private static Node.Form form(Content content, long size) {
    return switch (content) {
      case Content.Unreadable _ -> Node.Form.UNREADABLE;
      case Content.Encoded _ -> Node.Form.ENCODED;
      case Content _ when size == 0 -> Node.Form.NONE;
      case Content.Extents extents -> extents.form();
      case Content.Inline _ -> Node.Form.INLINE;
    };
  }

  private void node(Node node) throws MediaException {
    budget.chargeEntry();
    visitor.node(node);
  }
}
