package org.diskferry.tool.disk;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileName;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;
import org.diskferry.tool.screen.Bar;

/// All that a volume holds, joined into paths: about three hundred bytes of memory a file.
final class Listing implements FileTree.Visitor {
  /// Receives the entries in order: a directory's names by their bytes, its folders' content in
  /// place.
  interface Reader {
    void entry(String path, Node node) throws MediaException;
  }

  /// So seldom that showing it costs nothing.
  private static final int NAMES_A_LOOK = 1024;

  private final LongList parents = new LongList();
  private final LongList names = new LongList();
  private final LongList children = new LongList();
  private final NameHeap heap = new NameHeap();
  private final Map<Long, Node> nodes = new HashMap<>();
  private final List<Damage> damages = new ArrayList<>();
  private final Bar bar;
  private Integer[] order = {};

  private Listing(Bar bar) {
    this.bar = bar;
  }

  /// Scans `tree` once.
  static Listing of(FileTree tree) throws MediaException {
    try (Bar bar = Bar.ofCount("looking", "names", InstantSource.system())) {
      Listing listing = new Listing(bar);
      tree.scan(listing);
      listing.sort();
      return listing;
    }
  }

  /// What all files have together; one with several names counts once.
  long fileBytes() {
    return nodes.values().stream()
        .filter(node -> node.kind() == Node.Kind.FILE)
        .mapToLong(Node::size)
        .sum();
  }

  /// What could not be read.
  List<Damage> damages() {
    return List.copyOf(damages);
  }

  @Override
  public void node(Node node) {
    nodes.put(node.id(), node);
  }

  @Override
  public void link(Link link) {
    parents.add(link.parent());
    names.add(heap.add(encode(link.name())));
    children.add(link.child());
    if (children.size() % NAMES_A_LOOK == 0) {
      bar.at(children.size(), 0);
    }
  }

  @Override
  public void damage(Damage damage) {
    damages.add(damage);
  }

  // What people see: a name that is no UTF-8 is kept as its escaped form.
  private static byte[] encode(FileName name) {
    return name.isValid() ? name.bytes() : name.text().getBytes(StandardCharsets.UTF_8);
  }

  private void sort() {
    order = new Integer[parents.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (a, b) -> {
          int byParent = Long.compare(parents.at(a), parents.at(b));
          return byParent != 0 ? byParent : heap.compare(names.at(a), names.at(b));
        });
  }

  /// Walks everything below directory `root`. A directory that is its own ancestor ends there.
  void walk(long root, Reader reader) throws MediaException {
    walk(root, "", new HashSet<>(), reader);
  }

  private void walk(long directory, String prefix, Set<Long> above, Reader reader)
      throws MediaException {
    if (!above.add(directory)) {
      damages.add(new Damage(directory, "directory " + prefix + " contains itself"));
      return;
    }
    for (int i = firstOf(directory); i < order.length && parents.at(order[i]) == directory; i++) {
      Node node = nodes.get(children.at(order[i]));
      String path = prefix + new String(heap.name(names.at(order[i])), StandardCharsets.UTF_8);
      if (node == null) {
        damages.add(new Damage(children.at(order[i]), path + ": nothing is there under this name"));
      } else {
        reader.entry(path, node);
        if (node.kind() == Node.Kind.DIRECTORY) {
          walk(node.id(), path + "/", above, reader);
        }
      }
    }
    above.remove(directory);
  }

  private int firstOf(long directory) {
    int low = 0;
    int high = order.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (parents.at(order[middle]) < directory) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
