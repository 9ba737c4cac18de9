package org.diskferry.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Bytes to be stored, readable at any position and any number of times: a retry reads them again.
public interface Body {

  /// Bytes in all; never changes.
  long size();

  /// Fills `target` from byte `position` on, wholly: the caller never asks beyond [#size()]. Called
  /// by one thread at a time; the position may go back, for a retry.
  ///
  /// @throws IOException when the source failed; the call that was storing then ends with
  ///   [StoreException.Trouble#SOURCE] and this as its cause
  void read(long position, ByteBuffer target) throws IOException;

  /// A body that is in memory already.
  static Body of(byte[] bytes) {
    return new Body() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void read(long position, ByteBuffer target) {
        target.put(bytes, Math.toIntExact(position), target.remaining());
      }
    };
  }
}
