package org.diskferry.media.block;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;

/// Random access, for reading, to the bytes of a medium.
///
/// Contract, held by `BlockSourceContract` for every implementation:
///
/// * `read` fills the whole target or throws; after a throw the content of the target and its
///   position are undefined, the source stays usable, and another range may read well.
/// * A range that is not wholly inside `[0, size)` is the caller's mistake
///   ([IndexOutOfBoundsException]): parsers check what a disk claims before they ask.
/// * Safe for use by several threads at once; reads do not move a shared position.
/// * Never interrupts: a reading thread that is interrupted closes a `FileChannel`, so callers must
///   not interrupt it.
/// * `close` twice is harmless; a read after it throws `GONE`.
public interface BlockSource extends AutoCloseable {

  /// Size in bytes; need not be a multiple of the sector size (a truncated image).
  long size();

  /// Logical sector size in bytes that the device reports: 512 for images. A claim, not a promise.
  int sectorSize();

  /// Fills `target` (`target.remaining()` bytes) from byte `offset` on.
  ///
  /// @throws MediaException `UNREADABLE` for a bad range, `GONE` when the device answers no more
  void read(long offset, ByteBuffer target) throws MediaException;

  @Override
  void close();
}
