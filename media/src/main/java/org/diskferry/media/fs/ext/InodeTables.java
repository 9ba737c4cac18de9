package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;

/// The inodes: one by number, or all in the order in which they lie.
final class InodeTables {
  private final Layout layout;
  private final Blocks blocks;
  private final Groups groups;
  private final boolean trustsMaps;

  /// `trustsMaps`: whether the volume was put away so that what a map calls unused is unused.
  InodeTables(Layout layout, Blocks blocks, Groups groups, boolean trustsMaps) {
    this.layout = layout;
    this.blocks = blocks;
    this.groups = groups;
    this.trustsMaps = trustsMaps;
  }

  /// Inode `number`, its checksum checked, with what fast commits changed of it.
  Inode inode(long number) throws MediaException {
    Inode inode = raw(number);
    if (!layout.changes().writes(number) && !inode.holds(layout.checksums())) {
      throw MediaException.damaged(inode + ": checksum is wrong");
    }
    return layout.changes().changes(number) ? layout.changes().applied(inode) : inode;
  }

  /// Inode `number` as the table has it, whatever it is.
  Inode raw(long number) throws MediaException {
    Geometry geometry = layout.geometry();
    if (number < 1 || number > geometry.inodes()) {
      throw MediaException.damaged("inode " + number + ": there are " + geometry.inodes());
    }
    GroupDescriptor descriptor = groups.descriptor(geometry.groupOf(number));
    int index = geometry.indexOf(number);
    ByteBuffer block = blocks.read(descriptor.inodeTable() + index / geometry.inodesPerBlock());
    int at = index % geometry.inodesPerBlock() * geometry.inodeSize();
    return new Inode(number, Fields.copy(block, at, geometry.inodeSize()));
  }

  /// Delivers all that are in use, group by group.
  void walk(InodeVisitor visitor) throws MediaException {
    int present = groups.present();
    for (int group = 0; group < present; group++) {
      blocks.budget().chargeStep();
      walkGroup(group, visitor);
      changed(group, visitor);
    }
    if (present < layout.geometry().groups()) {
      visitor.damage(
          "groups %d to %d: their descriptors lie behind the end of the medium"
              .formatted(present, layout.geometry().groups() - 1));
    }
  }

  // What fast commits changed, whatever the group's own map and counts say of it.
  private void changed(int group, InodeVisitor visitor) throws MediaException {
    long first = layout.geometry().inode(group, 0);
    long end = first + layout.geometry().inodesPerGroup();
    for (long number : layout.changes().inodes(first, end)) {
      blocks.budget().chargeStep();
      try {
        visitor.inode(inode(number));
      } catch (MediaException e) {
        visitor.lost(number, Groups.reasonUnlessFatal(e));
      }
    }
  }

  private void walkGroup(int group, InodeVisitor visitor) throws MediaException {
    GroupDescriptor descriptor;
    try {
      descriptor = groups.descriptor(group);
    } catch (MediaException e) {
      visitor.damage(Groups.reasonUnlessFatal(e));
      return;
    }
    if (!descriptor.isCurrent()) {
      visitor.damage("descriptor of group " + group + ": damaged, a backup of it is used");
    }
    boolean trustsFlags = descriptor.isCurrent() && layout.features().hasGroupChecksums();
    if (trustsFlags && descriptor.hasUnusedInodes()) {
      return;
    }
    int count = layout.geometry().inodesPerGroup();
    if (trustsFlags && descriptor.unusedInodes() <= count) {
      count -= descriptor.unusedInodes();
    }
    InodeUse use = use(group, descriptor, visitor);
    new InodeTableWalk(layout, blocks, group, descriptor.inodeTable(), use, visitor)
        .walk(count, trustsMaps && descriptor.isCurrent());
  }

  private InodeUse use(int group, GroupDescriptor descriptor, InodeVisitor visitor)
      throws MediaException {
    try {
      return new InodeUse.Known(new Bitmaps(layout, blocks).inodes(group, descriptor));
    } catch (MediaException e) {
      visitor.damage(
          "map of the inodes of group %d: %s".formatted(group, Groups.reasonUnlessFatal(e)));
      return new InodeUse.Unknown();
    }
  }
}
