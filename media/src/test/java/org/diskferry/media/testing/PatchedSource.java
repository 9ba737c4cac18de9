package org.diskferry.media.testing;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// A medium with some bytes changed, copy-on-write: how hostile variants of one image are made
/// without copying it. Patches are put in before the source is shared.
public final class PatchedSource implements BlockSource {
  private final BlockSource base;
  private final NavigableMap<Long, Byte> patches = new TreeMap<>();

  /// `base`, not changed yet.
  public PatchedSource(BlockSource base) {
    this.base = base;
  }

  /// Puts `bytes` at `offset`.
  public PatchedSource put(long offset, byte... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      patches.put(offset + i, bytes[i]);
    }
    return this;
  }

  /// Offsets of what was put so far, ascending.
  public NavigableSet<Long> changed() {
    return Collections.unmodifiableNavigableSet(patches.navigableKeySet());
  }

  @Override
  public long size() {
    return base.size();
  }

  @Override
  public int sectorSize() {
    return base.sectorSize();
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    int start = target.position();
    int length = target.remaining();
    base.read(offset, target);
    for (Map.Entry<Long, Byte> patch :
        patches.subMap(offset, true, offset + length, false).entrySet()) {
      target.put(start + (int) (patch.getKey() - offset), patch.getValue());
    }
  }

  @Override
  public void close() {
    base.close();
  }
}
