package org.diskferry.media.fs.chain;

import java.time.Instant;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;

/// A walk, told as nodes, links and damage.
final class Scan implements TreeWalk.Visitor {
  private final Contents contents;
  private final Budget budget;
  private final FileTree.Visitor visitor;

  Scan(Contents contents, FileTree.Visitor visitor) {
    this.contents = contents;
    this.budget = contents.budget();
    this.visitor = visitor;
  }

  void root() throws MediaException {
    directory(Directory.ROOT, Instant.EPOCH);
  }

  @Override
  public void item(Directory parent, Item item) throws MediaException {
    if (item.isDirectory()) {
      directory(item.id(), item.modified());
    } else {
      file(item);
    }
    budget.chargeEntry();
    visitor.link(new Link(parent.id(), item.name(), item.id()));
  }

  private void directory(long id, Instant modified) throws MediaException {
    budget.chargeEntry();
    visitor.node(new Node(id, Node.Kind.DIRECTORY, 0, modified, -1, Node.Form.NONE));
  }

  private void file(Item item) throws MediaException {
    Contents.Glance glance = contents.glance(item.storage());
    budget.chargeEntry();
    visitor.node(
        new Node(
            item.id(),
            Node.Kind.FILE,
            Math.max(0, item.storage().size()),
            item.modified(),
            glance.firstByte(),
            glance.form()));
  }

  @Override
  public void hidden(Storage storage) {}

  @Override
  public void damage(long id, String reason) throws MediaException {
    visitor.damage(new Damage(id, reason));
  }
}
