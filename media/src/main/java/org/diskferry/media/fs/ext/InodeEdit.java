package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;

/// An inode that fast commits change, while they do.
final class InodeEdit {
  private static final int GENERATION = 0x64;
  private static final int LINKS = 0x1A;
  private static final int MOST_LINKS = 0xFFFF;

  private final long number;
  private final ByteBuffer raw;

  InodeEdit(Inode stored) {
    this.number = stored.number();
    this.raw = stored.copy();
  }

  /// Takes the fields of `written` but for the map of blocks, which only ranges change; content
  /// that lies where the map would be counts as a field. Where the inode had no map of extents it
  /// has an empty one.
  void overwrite(ByteBuffer written) {
    raw.put(0, written, 0, Inode.BLOCK_FIELD);
    int rest = Math.min(written.capacity(), raw.capacity()) - GENERATION;
    raw.put(GENERATION, written, GENERATION, rest);
    Inode now = new Inode(number, raw);
    if (now.hasExtents()) {
      if (Fields.u16(raw, Inode.BLOCK_FIELD) != ExtentTree.MAGIC) {
        raw.put(Inode.BLOCK_FIELD, ExtentTree.emptyRoot(), 0, Inode.BLOCK_FIELD_SIZE);
      }
    } else if (now.isInline()) {
      raw.put(Inode.BLOCK_FIELD, written, Inode.BLOCK_FIELD, Inode.BLOCK_FIELD_SIZE);
    }
  }

  int links() {
    return Fields.u16(raw, LINKS);
  }

  void setLinks(int links) {
    raw.putShort(LINKS, (short) Math.clamp(links, 0, MOST_LINKS));
  }

  Inode finished(MapChanges map) {
    return Inode.changed(number, raw, map);
  }
}
