package org.diskferry.media.fs.ext;

import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Volume;

/// An open volume. Ids are inode numbers.
final class ExtTree implements FileTree {
  private final BlockSource source;
  private final Layout layout;
  private final Replay replay;
  private final List<String> remarks;
  private final Bounds bounds;
  private final Blocks blocks;
  private final Volume volume;

  /// `source` is the replayed volume.
  ExtTree(
      BlockSource source,
      Layout layout,
      Journal.Outcome journal,
      List<String> remarks,
      Bounds bounds)
      throws MediaException {
    this.source = source;
    this.layout = layout;
    this.replay = journal.replay();
    this.remarks = List.copyOf(remarks);
    this.bounds = bounds;
    this.blocks = new Blocks(source, layout.geometry(), new Budget(bounds));
    this.volume = volume(journal);
  }

  private Volume volume(Journal.Outcome journal) throws MediaException {
    Superblock superblock = layout.superblock();
    return new Volume(
        layout.features().format(),
        superblock.label(),
        superblock.uuid(),
        layout.geometry().clusterSize(),
        layout.geometry().bytes(),
        used(),
        journal.state(superblock, layout.has(Feature.NEEDS_RECOVERY)));
  }

  // By the counts that go with the maps; -1 unless all of them are there and of today.
  private long used() throws MediaException {
    Groups groups = new Groups(layout, blocks);
    if (groups.present() < layout.geometry().groups() || !layout.changes().isEmpty()) {
      return -1;
    }
    long used = 0;
    for (int group = 0; group < layout.geometry().groups(); group++) {
      try {
        GroupDescriptor descriptor = groups.descriptor(group);
        long free = descriptor.freeClusters();
        if (!descriptor.isCurrent() || free > layout.geometry().clustersIn(group)) {
          return -1;
        }
        used += layout.geometry().clustersIn(group) - free;
      } catch (MediaException e) {
        // A scan tells of it.
        Groups.reasonUnlessFatal(e);
        return -1;
      }
    }
    return used * layout.geometry().clusterSize();
  }

  @Override
  public Volume volume() {
    return volume;
  }

  @Override
  public long root() {
    return Superblock.ROOT;
  }

  @Override
  public void scan(Visitor visitor) throws MediaException {
    for (String remark : remarks) {
      visitor.damage(new Damage(-1, remark));
    }
    if (layout.geometry().bytes() > source.size()) {
      visitor.damage(
          new Damage(
              -1,
              "the volume has %d bytes and the medium only %d: it was cut short"
                  .formatted(layout.geometry().bytes(), source.size())));
    }
    Blocks fresh = blocks.spending(new Budget(bounds));
    InodeTables inodes = inodes(fresh);
    Scan scan = new Scan(layout, fresh, contents(fresh), visitor);
    inodes.walk(scan);
    scan.finish(inodes);
  }

  private InodeTables inodes(Blocks fresh) {
    boolean trustsMaps = volume.state() != Volume.State.DIRTY && !layout.superblock().hasErrors();
    return new InodeTables(layout, fresh, new Groups(layout, fresh), trustsMaps);
  }

  private FileContents contents(Blocks fresh) {
    return new FileContents(source, layout, fresh, replay, bounds);
  }

  @Override
  public Content content(long id) throws MediaException {
    Blocks fresh = blocks.spending(new Budget(bounds));
    try {
      return contents(fresh).content(inodes(fresh).inode(id));
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      return new Content.Unreadable(e.getMessage());
    }
  }

  @Override
  public Coverage coverage() throws MediaException {
    Blocks fresh = blocks.spending(new Budget(bounds));
    return new CoverageProof(layout, fresh, inodes(fresh)).coverage();
  }
}
