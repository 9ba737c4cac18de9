package org.diskferry.media.stack;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.ContentReader;

/// A file as a medium: a container, in however many pieces it lies on its volume. Closing it leaves
/// the volume open.
final class ContentSource implements BlockSource {
  private final ContentReader reader;
  private final int sectorSize;

  ContentSource(ContentReader reader, int sectorSize) {
    this.reader = reader;
    this.sectorSize = sectorSize;
  }

  @Override
  public long size() {
    return reader.size();
  }

  @Override
  public int sectorSize() {
    return sectorSize;
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    reader.read(offset, target);
  }

  @Override
  public void close() {}
}
