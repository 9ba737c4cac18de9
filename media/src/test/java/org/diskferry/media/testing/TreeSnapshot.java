package org.diskferry.media.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;

/// Everything that one scan delivered, with paths joined: what callers of [FileTree] do, in the
/// simplest way.
///
/// @param nodes by id
/// @param links in the order of the scan
/// @param damages in the order of the scan
public record TreeSnapshot(
    long root, Map<Long, Node> nodes, List<Link> links, List<Damage> damages) {

  /// Scans `tree`. A node that comes twice is a fault of the parser and fails at once.
  public static TreeSnapshot of(FileTree tree) throws MediaException {
    TreeSnapshot found =
        new TreeSnapshot(tree.root(), new HashMap<>(), new ArrayList<>(), new ArrayList<>());
    tree.scan(found.new Collector());
    return found;
  }

  private final class Collector implements FileTree.Visitor {
    @Override
    public void node(Node node) {
      if (nodes.put(node.id(), node) != null) {
        throw new AssertionError("delivered twice: " + node);
      }
    }

    @Override
    public void link(Link link) {
      links.add(link);
    }

    @Override
    public void damage(Damage damage) {
      damages.add(damage);
    }
  }

  /// Paths of all nodes of `kind`, each with its node. What has no way up to the root is left out;
  /// see [#orphans].
  public Map<String, Node> paths(Node.Kind kind) {
    Map<Long, Link> parents = new HashMap<>();
    for (Link link : links) {
      if (isDirectory(link.child())) {
        parents.put(link.child(), link);
      }
    }
    Map<String, Node> paths = new TreeMap<>();
    for (Link link : links) {
      Node node = nodes.get(link.child());
      if (node != null && node.kind() == kind && node.id() != root) {
        path(link, parents).ifPresent(path -> paths.put(path, node));
      }
    }
    return paths;
  }

  private boolean isDirectory(long id) {
    Node node = nodes.get(id);
    return node != null && node.kind() == Node.Kind.DIRECTORY;
  }

  private Optional<String> path(Link link, Map<Long, Link> parents) {
    StringBuilder path = new StringBuilder(link.name().text());
    Set<Long> passed = new HashSet<>();
    long at = link.parent();
    while (at != root) {
      Link up = parents.get(at);
      if (up == null || !passed.add(at)) {
        return Optional.empty();
      }
      path.insert(0, up.name().text() + "/");
      at = up.parent();
    }
    return isDirectory(root) ? Optional.of(path.toString()) : Optional.empty();
  }

  /// Links whose child or parent was not delivered.
  public List<Link> orphans() {
    return links.stream()
        .filter(link -> !nodes.containsKey(link.child()) || !isDirectory(link.parent()))
        .toList();
  }

  /// Every file by path with size, MD5 and time; what cannot be read has `unreadable: REASON` for
  /// an MD5. Content that is damaged is a row, a device that is gone throws.
  public Listing files(FileTree tree, BlockSource volume) throws MediaException {
    return listing(tree, volume, Node.Kind.FILE);
  }

  /// The same for another kind that has content, such as streams.
  public Listing listing(FileTree tree, BlockSource volume, Node.Kind kind) throws MediaException {
    TreeMap<String, Listing.Row> files = new TreeMap<>();
    for (Map.Entry<String, Node> file : paths(kind).entrySet()) {
      Node node = file.getValue();
      String md5 = md5(tree.content(node.id()), volume);
      files.put(file.getKey(), new Listing.Row(node.size(), md5, node.modified().getEpochSecond()));
    }
    return new Listing(files);
  }

  private static String md5(Content content, BlockSource volume) throws MediaException {
    if (content instanceof Content.Unreadable unreadable) {
      return "unreadable: " + unreadable.reason();
    }
    try {
      return Md5.of(new ContentReader(volume, content));
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      return "unreadable: " + e.getMessage();
    }
  }
}
