package org.diskferry.media.stack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;

/// Names at the top of a file system. What is damaged is for those to report who read the files.
public final class RootFiles implements FileTree.Visitor {
  private final long root;
  private final Predicate<String> wanted;
  private final List<Named> found = new ArrayList<>();

  /// A name and the id of what it leads to.
  public record Named(String name, long id) {}

  private RootFiles(long root, Predicate<String> wanted) {
    this.root = root;
    this.wanted = wanted;
  }

  /// The names that are `wanted`, in their order.
  ///
  /// @throws MediaException when the file system cannot be walked
  public static List<Named> of(FileTree tree, Predicate<String> wanted) throws MediaException {
    RootFiles files = new RootFiles(tree.root(), wanted);
    tree.scan(files);
    files.found.sort(Comparator.comparing(Named::name));
    return List.copyOf(files.found);
  }

  @Override
  public void link(Link link) {
    if (link.parent() == root && link.name().isValid()) {
      String name = new String(link.name().bytes(), StandardCharsets.UTF_8);
      if (wanted.test(name)) {
        found.add(new Named(name, link.child()));
      }
    }
  }

  @Override
  public void node(Node node) {}

  @Override
  public void damage(Damage damage) {}
}
