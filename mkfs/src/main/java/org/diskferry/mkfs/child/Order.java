package org.diskferry.mkfs.child;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.FileSystem;

/// What the parent asks of the child. Each is answered by one [Reply]; before it, the child may ask
/// for [Reply.Read].
sealed interface Order {

  /// Open the volume that is on the medium; the first order, and the only one before the others.
  record Open(FileSystem fileSystem, long size, int sectorSize) implements Order {}

  /// [Filler#reserve].
  record Reserve(FilePath path, long size, Instant modified) implements Order {}

  /// [Filler#date].
  record Date(long file, Instant modified) implements Order {}

  /// [Filler#fill], and [Filler#finish] with it.
  record Fill(long file, ByteBuffer content) implements Order {}

  /// [Filler#finish].
  record Finish(long file) implements Order {}

  /// [Filler#withdraw].
  record Withdraw(FilePath path) implements Order {}

  /// [Filler#free].
  record Free() implements Order {}

  /// [Filler#flush], then hand over what was written.
  record Flush() implements Order {}

  /// [Filler#conclude], then hand over what was written.
  record Conclude() implements Order {}

  /// The bytes that were asked for by [Reply.Read].
  record Bytes(ByteBuffer bytes) implements Order {}
}
