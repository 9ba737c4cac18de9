package org.diskferry.media.crypt;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.SliceSource;
import org.diskferry.media.testing.BlockSourceContract;
import org.diskferry.media.testing.MemorySource;

/// Decrypted bytes are a medium like any other. Volumes have whole sectors; the contract's sources
/// need not, so that it looks at the beginning of a longer one.
class XtsSourceTest extends BlockSourceContract {
  private static final int START = 1024;

  @Override
  protected BlockSource source(byte[] content, Path folder) throws Exception {
    byte[] keys = new byte[256];
    new Random(5).nextBytes(keys);
    Cascade cascade = Cascade.ALL.getFirst();
    int size = (content.length + 511) / 512 * 512;
    byte[] host = new byte[START + size + 512];
    System.arraycopy(content, 0, host, START, content.length);
    XtsCipher.encrypting(cascade, keys).transform(START / 512, host, START, size);
    XtsSource whole =
        new XtsSource(new MemorySource(host), START, size, 512, new XtsKeys(cascade, keys));
    return new Cut(whole, new SliceSource(whole, 0, content.length));
  }

  private record Cut(BlockSource whole, BlockSource slice) implements BlockSource {
    @Override
    public long size() {
      return slice.size();
    }

    @Override
    public int sectorSize() {
      return slice.sectorSize();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws org.diskferry.media.MediaException {
      slice.read(offset, target);
    }

    @Override
    public void close() {
      whole.close();
    }
  }
}
