package org.diskferry.media.fs.ext;

import java.nio.ByteBuffer;

/// Which inodes of a group are in use.
sealed interface InodeUse {
  /// Whether inode `index` is surely in use.
  boolean isUsed(int index);

  /// Whether inode `index` may be in use.
  boolean mayBeUsed(int index);

  /// As the group's map says.
  record Known(ByteBuffer bitmap) implements InodeUse {
    @Override
    public boolean isUsed(int index) {
      return Bitmaps.isSet(bitmap, index);
    }

    @Override
    public boolean mayBeUsed(int index) {
      return isUsed(index);
    }
  }

  /// The map could not be read.
  record Unknown() implements InodeUse {
    @Override
    public boolean isUsed(int index) {
      return false;
    }

    @Override
    public boolean mayBeUsed(int index) {
      return true;
    }
  }
}
