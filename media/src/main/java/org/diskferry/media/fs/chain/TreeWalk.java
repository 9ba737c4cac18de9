package org.diskferry.media.fs.chain;

import java.util.Optional;
import org.diskferry.media.MediaException;

/// One walk over all directories.
final class TreeWalk {
  /// Told of what is found.
  interface Visitor {
    /// A file or directory that `parent` holds.
    void item(Directory parent, Item item) throws MediaException;

    /// Clusters of something that is not shown.
    void hidden(Storage storage) throws MediaException;

    /// Something of the directory `id` that could not be read.
    void damage(long id, String reason) throws MediaException;
  }

  private final Layout layout;
  private final Dialect dialect;
  private final Chains chains;
  private final DirectoryReader reader;
  private final DirectoryQueue queue;

  /// `reader` is used for this walk alone.
  TreeWalk(Layout layout, Dialect dialect, Chains chains, DirectoryReader reader) {
    this.layout = layout;
    this.dialect = dialect;
    this.chains = chains;
    this.reader = reader;
    this.queue = new DirectoryQueue(layout.heap());
  }

  void walk(Visitor visitor) throws MediaException {
    switch (layout.root()) {
      case Layout.Root.Fixed(long start, int length) -> {
        Directory root = Directory.root(Storage.chained(0, Storage.UNKNOWN));
        reader.readFixed(start, length, dialect.records(root, new Items(root, visitor)));
      }
      case Layout.Root.Chained(Storage storage) -> add(Directory.root(storage), visitor);
    }
    for (Optional<Directory> next = queue.next(); next.isPresent(); next = queue.next()) {
      Directory directory = next.get();
      RecordSink records = dialect.records(directory, new Items(directory, visitor));
      reader.read(directory.storage(), records);
    }
  }

  private void add(Directory directory, Visitor visitor) throws MediaException {
    chains.budget().checkDepth(directory.depth(), "directories");
    Storage storage = directory.storage();
    if (storage.size() == 0) {
      return;
    }
    if (!layout.heap().holds(storage.first())) {
      visitor.damage(
          directory.id(),
          "the directory begins at cluster %d, which does not exist".formatted(storage.first()));
    } else if (!queue.add(directory)) {
      visitor.damage(
          directory.id(),
          "the directory begins at cluster %d, where another one does".formatted(storage.first()));
    }
  }

  /// What one directory holds.
  private final class Items implements ItemSink {
    private final Directory parent;
    private final Visitor visitor;

    Items(Directory parent, Visitor visitor) {
      this.parent = parent;
      this.visitor = visitor;
    }

    @Override
    public void item(Item item) throws MediaException {
      visitor.item(parent, item);
      if (item.isDirectory()) {
        add(new Directory(item.id(), item.storage(), parent.depth() + 1), visitor);
      }
    }

    @Override
    public void hidden(Storage storage) throws MediaException {
      visitor.hidden(storage);
    }

    @Override
    public void damage(String reason) throws MediaException {
      visitor.damage(parent.id(), reason);
    }
  }
}
