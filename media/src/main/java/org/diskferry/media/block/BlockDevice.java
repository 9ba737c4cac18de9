package org.diskferry.media.block;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;

/// A medium that may be written: what is erased, or filled. Held exclusively while it is open.
public interface BlockDevice extends BlockSource {

  /// Writes `source.remaining()` bytes at `offset`; durable only after [#force].
  void write(long offset, ByteBuffer source) throws MediaException;

  /// Overwrites `length` bytes from `offset` on with zeros; durable only after [#force]. The
  /// device's own command for that is used where it has one that promises zeros.
  void zero(long offset, long length) throws MediaException;

  /// Returns when all that was written is on the medium.
  void force() throws MediaException;

  /// Makes later reads come from the medium and not from a cache.
  ///
  /// @return whether that could be done: reports say so where it could not
  boolean dropCache() throws MediaException;
}
