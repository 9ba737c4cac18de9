package org.diskferry.media.fs.hfsplus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;

/// An HFS+ volume. Each operation has a budget of its own; nothing is kept between them but the
/// nodes of trees that were asked for last.
final class HfsPlusTree implements FileTree {
  private final Structures structures;
  private final HeaderSearch.Found found;
  private final Journal.Outcome journal;
  private final Bounds bounds;
  private final Volume volume;

  HfsPlusTree(
      Structures structures, HeaderSearch.Found found, Journal.Outcome journal, Bounds bounds)
      throws MediaException {
    this.structures = structures;
    this.found = found;
    this.journal = journal;
    this.bounds = bounds;
    this.volume = new Survey(structures, found, journal).volume();
  }

  @Override
  public Volume volume() {
    return volume;
  }

  @Override
  public long root() {
    return Catalogue.ROOT;
  }

  @Override
  public void scan(Visitor visitor) throws MediaException {
    Structures fresh = structures.spending(new Budget(bounds));
    Delivery delivery =
        new Delivery(new FileContents(fresh, journal.replay()), fresh.budget(), visitor);
    for (String remark : remarks()) {
      delivery.damage(-1, remark);
    }
    new Scan(fresh, system(fresh), delivery).run();
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>(found.remarks());
    remarks.addAll(journal.remarks());
    remarks.addAll(structures.remarks());
    Space space = structures.blocks().space();
    long size = structures.blocks().source().size();
    if (space.base() + space.bytes() > size) {
      remarks.add(
          "the volume has %d bytes and the medium only %d: it was cut short"
              .formatted(space.bytes(), size - space.base()));
    }
    return remarks;
  }

  private SystemFiles system(Structures fresh) throws MediaException {
    return new SystemFiles(fresh, journal.place());
  }

  @Override
  public Content content(long id) throws MediaException {
    Structures fresh = structures.spending(new Budget(bounds));
    try {
      return content(NodeId.of(id), fresh);
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      return new Content.Unreadable(e.getMessage());
    }
  }

  private Content content(NodeId id, Structures fresh) throws MediaException {
    FileContents contents = new FileContents(fresh, journal.replay());
    return switch (id.kind()) {
      case FILE -> contents.data(file(id, fresh)).content();
      case RESOURCE_FORK -> contents.resource(file(id, fresh));
      case LINKED -> contents.data(linkedFile(id, fresh)).content();
      case LINKED_RESOURCE_FORK -> contents.resource(linkedFile(id, fresh));
      case LOST -> new Content.Unreadable("the record of file number " + id.value() + " is lost");
      case FOLDER, NONE -> new Content.Unreadable("not a file");
    };
  }

  private static CatalogRecord.File file(NodeId id, Structures fresh) throws MediaException {
    BTreeNode leaf = fresh.catalogue().tree().node(id.leaf());
    if (leaf.kind() == BTreeNode.LEAF && id.record() < leaf.records()) {
      CatalogKey key = CatalogKey.read(leaf.key(id.record()));
      if (Catalogue.record(leaf, id.record(), key) instanceof CatalogRecord.File file
          && file.kind() == Node.Kind.FILE) {
        return file;
      }
    }
    throw MediaException.damaged(leaf + ", record " + id.record() + ": not a file");
  }

  private CatalogRecord.File linkedFile(NodeId id, Structures fresh) throws MediaException {
    Optional<CatalogRecord.File> file =
        LinkedFiles.find(fresh.catalogue(), system(fresh), id.value());
    if (file.isEmpty()) {
      throw MediaException.damaged(
          "a hard link leads to '%s', which is not there".formatted(LinkedFiles.name(id.value())));
    }
    return file.get();
  }

  @Override
  public Coverage coverage() throws MediaException {
    Structures fresh = structures.spending(new Budget(bounds));
    return new CoverageProof(fresh, system(fresh), journal.place()).prove();
  }
}
