package org.diskferry.media.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.diskferry.media.testing.BlockSourceContract;
import org.diskferry.media.testing.MemorySource;
import org.junit.jupiter.api.Test;

class SliceSourceTest extends BlockSourceContract {
  @Override
  protected BlockSource source(byte[] content, Path folder) {
    byte[] whole = new byte[content.length + 1_000];
    System.arraycopy(content, 0, whole, 777, content.length);
    return new SliceSource(new MemorySource(whole), 777, content.length);
  }

  @Override
  protected boolean endsWithItsClose() {
    return false;
  }

  @Test
  void closingASliceLeavesTheWholeOpen() throws Exception {
    MemorySource whole = new MemorySource(new byte[100]);
    new SliceSource(whole, 10, 20).close();
    ByteBuffer target = ByteBuffer.allocate(100);
    whole.read(0, target);
    assertThat(target.remaining()).isZero();
  }

  @Test
  void aSliceThatLeavesItsWholeIsTheCallersMistake() {
    MemorySource whole = new MemorySource(new byte[100]);
    assertThatThrownBy(() -> new SliceSource(whole, 90, 11))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
