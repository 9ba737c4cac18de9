package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;

/// The descriptors of all groups; where the current one is damaged its backups are asked.
final class Groups {
  private final Layout layout;
  private final Blocks blocks;

  Groups(Layout layout, Blocks blocks) {
    this.layout = layout;
    this.blocks = blocks;
  }

  /// The descriptor of `group`.
  ///
  /// @throws MediaException when no copy of it can be believed
  GroupDescriptor descriptor(int group) throws MediaException {
    int perBlock = layout.geometry().descriptorsPerBlock();
    long[] copies = layout.descriptorCopies(group / perBlock);
    int at = group % perBlock * layout.geometry().descriptorSize();
    String reason = "no copy of it lies on the volume";
    for (int copy = 0; copy < copies.length; copy++) {
      try {
        ByteBuffer raw = rawDescriptor(copies[copy], at);
        if (layout.checksums().descriptorHolds(raw, group)) {
          GroupDescriptor descriptor = GroupDescriptor.read(raw, copy == 0);
          if (descriptor.fits(layout.geometry())) {
            return descriptor;
          }
          reason = "it names blocks outside of the volume";
        } else {
          reason = "checksum is wrong in block " + copies[copy];
        }
      } catch (MediaException e) {
        reason = reasonUnlessFatal(e);
      }
    }
    throw MediaException.damaged("descriptor of group " + group + ": " + reason);
  }

  private ByteBuffer rawDescriptor(long block, int at) throws MediaException {
    return Fields.copy(blocks.read(block), at, layout.geometry().descriptorSize());
  }

  /// The reason of `e`, for troubles that cost only what was to be read.
  static String reasonUnlessFatal(MediaException e) throws MediaException {
    if (e.trouble() == Trouble.GONE || e.trouble() == Trouble.EXCEEDED) {
      throw e;
    }
    return e.getMessage();
  }

  /// Groups from the first on whose descriptor's place is on the medium at all: an image that is
  /// cut short, or lies about its size, is not asked for each of the rest.
  int present() {
    int perBlock = layout.geometry().descriptorsPerBlock();
    int low = 0;
    int high = layout.geometry().descriptorBlocks();
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (isPresent(middle - 1)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return (int) Math.min((long) low * perBlock, layout.geometry().groups());
  }

  private boolean isPresent(int descriptorBlock) {
    for (long copy : layout.descriptorCopies(descriptorBlock)) {
      if (blocks.isOnMedium(copy, 1)) {
        return true;
      }
    }
    return false;
  }
}
