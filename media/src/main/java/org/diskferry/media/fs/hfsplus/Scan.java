package org.diskferry.media.fs.hfsplus;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Node;

/// One walk over the catalogue in the order of its leaves. Then the files with several names, whose
/// records lie in a folder of their own; then, where anything is damaged, what only its thread
/// still knows.
final class Scan extends CatalogueVisitor {
  private final Catalogue catalogue;
  private final SystemFiles system;
  private final Ancestry ancestry;
  private final Delivery delivery;
  private final NumberSet folders = new NumberSet();
  private final NumberSet files = new NumberSet();
  private final NumberSet parents = new NumberSet();
  private final NumberSet linked = new NumberSet();
  private final NumberSet leavesOfLinked = new NumberSet();
  private boolean isDamaged;

  Scan(Structures structures, SystemFiles system, Delivery delivery) {
    this.catalogue = structures.catalogue();
    this.system = system;
    this.ancestry = new Ancestry(catalogue, system);
    this.delivery = delivery;
  }

  void run() throws MediaException {
    new LeafWalk(catalogue.tree(), this).walk();
    if (folders.add(Catalogue.ROOT)) {
      isDamaged = true;
      delivery.damage(Catalogue.ROOT, "the record of the root is lost: it may have held more");
      delivery.plain(Catalogue.ROOT, Node.Kind.DIRECTORY, Instant.EPOCH);
    }
    deliverLinked();
    if (isDamaged || hasLostFolders()) {
      Threads threads = new Threads();
      new LeafWalk(catalogue.tree(), threads).walk();
      threads.tellOfMissing();
    }
    tellLostFolders();
  }

  @Override
  public void damage(String reason) throws MediaException {
    isDamaged = true;
    delivery.damage(-1, reason);
  }

  @Override
  void found(Found found) throws MediaException {
    switch (found.record()) {
      case CatalogRecord.Folder folder -> folder(found.key(), folder);
      case CatalogRecord.File file -> file(found, file);
      case CatalogRecord.Clue _ -> {}
    }
  }

  private void folder(CatalogKey key, CatalogRecord.Folder folder) throws MediaException {
    boolean isRoot = folder.cnid() == Catalogue.ROOT && key.parent() == Catalogue.ROOT_PARENT;
    if (!isRoot && (system.isPrivate(key, folder) || isHidden(key.parent()))) {
      return;
    }
    if ((!isRoot && folder.cnid() < Catalogue.FIRST_USER) || !folders.add(folder.cnid())) {
      damage("folder '%s' has number %d, which is taken".formatted(shown(key), folder.cnid()));
      return;
    }
    delivery.plain(folder.cnid(), Node.Kind.DIRECTORY, folder.modified());
    if (!isRoot) {
      link(key, folder.cnid());
    }
  }

  private boolean isHidden(long parent) throws MediaException {
    return parent == system.linkedFiles() || ancestry.isHidden(parent);
  }

  private static String shown(CatalogKey key) {
    return Names.shown(key.name()).text();
  }

  private void link(CatalogKey key, long child) throws MediaException {
    parents.add(key.parent());
    delivery.link(key.parent(), Names.shown(key.name()), child);
  }

  private void file(Found found, CatalogRecord.File file) throws MediaException {
    CatalogKey key = found.key();
    files.add(file.cnid());
    if (key.parent() == system.linkedFiles()) {
      leavesOfLinked.add(found.leaf());
    } else if (!system.isJournal(key, file) && !ancestry.isHidden(key.parent())) {
      visible(key, file, NodeId.file(found.leaf(), found.index()));
    }
  }

  private void visible(CatalogKey key, CatalogRecord.File file, long id) throws MediaException {
    if (file.isHardLink()) {
      hardLink(key, file.linkNumber());
      return;
    }
    if (file.isFolderLink()) {
      delivery.plain(id, Node.Kind.LINK, file.modified());
      delivery.damage(
          id,
          "'%s' is a hard link to a folder (number %d), which is not followed: what is in it is not read"
              .formatted(shown(key), file.linkNumber()));
    } else if (file.kind() == Node.Kind.FILE) {
      if (delivery.file(id, file)) {
        delivery.link(key.parent(), Names.ofResourceFork(key.name()), NodeId.resourceFork(id));
      }
    } else {
      delivery.plain(id, file.kind(), file.modified());
    }
    link(key, id);
  }

  private void hardLink(CatalogKey key, long number) throws MediaException {
    linked.add(number);
    long id = NodeId.linked(number);
    link(key, id);
    Optional<CatalogRecord.File> file = linkedFile(number);
    if (file.isPresent() && delivery.hasResourceFork(file.get())) {
      delivery.link(key.parent(), Names.ofResourceFork(key.name()), NodeId.resourceFork(id));
    }
  }

  private Optional<CatalogRecord.File> linkedFile(long number) throws MediaException {
    try {
      return LinkedFiles.find(catalogue, system, number);
    } catch (MediaException e) {
      // Its own walk tells.
      e.localReason();
      return Optional.empty();
    }
  }

  private void deliverLinked() throws MediaException {
    NumberSet delivered = new NumberSet();
    Linked walk = new Linked(delivered);
    for (long leaf = leavesOfLinked.next(0); leaf >= 0; leaf = leavesOfLinked.next(leaf + 1)) {
      try {
        walk.leaf(catalogue.tree().node(leaf));
      } catch (MediaException e) {
        damage(e.localReason());
      }
    }
    for (long number = linked.next(0); number >= 0; number = linked.next(number + 1)) {
      if (!delivered.has(number)) {
        delivery.lost(NodeId.linked(number));
        delivery.damage(
            NodeId.linked(number),
            "a hard link leads to '%s', which is not there".formatted(LinkedFiles.name(number)));
      }
    }
  }

  private boolean hasLostFolders() {
    return nextLostFolder(0) >= 0;
  }

  private long nextLostFolder(long from) {
    long at = parents.next(from);
    while (at >= 0 && folders.has(at)) {
      at = parents.next(at + 1);
    }
    return at;
  }

  private void tellLostFolders() throws MediaException {
    for (long at = nextLostFolder(0); at >= 0; at = nextLostFolder(at + 1)) {
      delivery.damage(at, "folder %d is lost: no path leads to what is in it".formatted(at));
    }
  }

  /// The records of files with several names.
  private final class Linked extends CatalogueVisitor {
    private final NumberSet delivered;

    Linked(NumberSet delivered) {
      this.delivered = delivered;
    }

    @Override
    void found(Found found) throws MediaException {
      if (found.key().parent() != system.linkedFiles()
          || !(found.record() instanceof CatalogRecord.File file)) {
        return;
      }
      long number = LinkedFiles.number(found.key().name());
      if (number < 0) {
        return;
      }
      if (!linked.has(number)) {
        Scan.this.damage("'%s' has lost its names".formatted(shown(found.key())));
      } else if (delivered.add(number)) {
        delivery.file(NodeId.linked(number), file);
      } else {
        Scan.this.damage("'%s' is there twice".formatted(shown(found.key())));
      }
    }

    // Told by the first walk.
    @Override
    public void damage(String reason) {}
  }

  /// What is known by its thread alone: its name, and that it was there. And which folders have
  /// lost entries of which not even that is known.
  private final class Threads extends CatalogueVisitor {
    private final Census census = new Census();

    @Override
    void found(Found found) throws MediaException {
      switch (found.record()) {
        case CatalogRecord.Folder folder -> {
          census.expect(folder.cnid(), folder.valence());
          census.found(found.key().parent());
        }
        case CatalogRecord.File _ -> census.found(found.key().parent());
        case CatalogRecord.Clue thread -> thread(thread);
      }
    }

    private void thread(CatalogRecord.Clue thread) throws MediaException {
      if (thread.cnid() < Catalogue.FIRST_USER
          || system.isPrivate(thread.cnid())
          || isHidden(thread.parent())) {
        return;
      }
      CatalogKey key = new CatalogKey(thread.parent(), thread.name());
      if (thread.isFolder()) {
        if (folders.add(thread.cnid())) {
          delivery.plain(thread.cnid(), Node.Kind.DIRECTORY, Instant.EPOCH);
          link(key, thread.cnid());
          census.found(thread.parent());
          delivery.damage(
              thread.cnid(),
              "the record of folder '%s' (number %d) is lost: it may have held more"
                  .formatted(shown(key), thread.cnid()));
        }
      } else if (files.add(thread.cnid())) {
        census.found(thread.parent());
        delivery.lost(NodeId.lost(thread.cnid()));
        delivery.damage(
            NodeId.lost(thread.cnid()),
            "the record of file '%s' (number %d) is lost".formatted(shown(key), thread.cnid()));
        link(key, NodeId.lost(thread.cnid()));
      }
    }

    void tellOfMissing() throws MediaException {
      for (Map.Entry<Long, Long> folder : census.missing().entrySet()) {
        if (folder.getValue() > 0 && folders.has(folder.getKey())) {
          delivery.damage(
              folder.getKey(),
              "folder number %d has lost %d of its entries"
                  .formatted(folder.getKey(), folder.getValue()));
        }
      }
      if (!census.isComplete()) {
        delivery.damage(Catalogue.ROOT, "too many folders to tell which of them have lost entries");
      }
    }

    // Told by the first walk.
    @Override
    public void damage(String reason) {}
  }
}
