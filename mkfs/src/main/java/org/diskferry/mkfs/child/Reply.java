package org.diskferry.mkfs.child;

import java.nio.ByteBuffer;
import org.diskferry.mkfs.fill.Placement;

/// What the child says.
sealed interface Reply {

  /// Bytes of the medium are needed before the order can be carried out.
  record Read(long offset, int length) implements Reply {}

  /// Bytes that were written; any number of them, before the [Done] of a flush.
  record Written(long offset, ByteBuffer bytes) implements Reply {}

  /// The order was carried out.
  ///
  /// @param dirtyBytes what a flush would hand over now
  record Done(long dirtyBytes) implements Reply {}

  /// The answer to a reservation.
  record Placed(Placement placement, long dirtyBytes) implements Reply {}

  /// The answer to [Order.Withdraw].
  ///
  /// @param found whether there was such a file
  record Withdrawn(boolean found, long dirtyBytes) implements Reply {}

  /// The answer to [Order.Free].
  record FreeBytes(long bytes) implements Reply {}

  /// The order was not carried out, and none will be any more.
  record Failed(String message) implements Reply {}
}
