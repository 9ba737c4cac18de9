package org.diskferry.media.fs;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;

/// A source that is as long as its volume claims: what lies past the real end is unreadable and not
/// a mistake of the caller. A truncated image is read through this.
public final class ClaimedSource implements BlockSource {
  private final BlockSource real;
  private final long size;

  /// `real` under the claim that it has `size` bytes; a smaller claim changes nothing.
  public ClaimedSource(BlockSource real, long size) {
    this.real = real;
    this.size = Math.max(size, real.size());
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int sectorSize() {
    return real.sectorSize();
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    if (offset > real.size() - target.remaining()) {
      throw new MediaException(
          Trouble.UNREADABLE,
          "byte " + offset + ": past the end of the device or image, " + real.size() + " bytes");
    }
    real.read(offset, target);
  }

  @Override
  public void close() {
    real.close();
  }
}
