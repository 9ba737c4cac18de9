package org.diskferry.media.stack;

import java.util.List;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.crypt.CryptVolume;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.partition.Partition;
import org.diskferry.media.partition.PartitionTable;

/// What a device, or a partition of it, holds: one layer of the stack.
public sealed interface Contents {

  /// Partitions.
  record Partitioned(PartitionTable table, List<Part> parts) implements Contents {
    /// Copies the list.
    public Partitioned {
      parts = List.copyOf(parts);
    }
  }

  /// A file system that was opened.
  ///
  /// @param bytes that it lies in: what extents are counted in
  record Files(BlockSource bytes, FileTree tree) implements Contents {}

  /// An encrypted volume that was opened, and what is in it.
  record Encrypted(CryptVolume volume, Contents inside) implements Contents {}

  /// A file system with the container that was looked for.
  ///
  /// @param host the file system
  /// @param name of the container, as it is written there
  /// @param inside what the container holds: encrypted, or the reason why it was not opened
  record Container(Files host, String name, Contents inside) implements Contents {}

  /// A file system that is known, and damaged so far that it could not be opened.
  record Damaged(String format, String reason) implements Contents {}

  /// Something known that is not supported.
  ///
  /// @param name as people call it
  /// @param advice what the customer can do
  record Unsupported(String name, String advice) implements Contents {}

  /// Not a place for a customer's data: EFI system, reserved, recovery, swap.
  record NotData(String what) implements Contents {}

  /// Nothing but zeros where anything known begins.
  record Empty() implements Contents {}

  /// Bytes that nothing here knows: foreign, damaged, or encrypted.
  ///
  /// @param refused whether a password was tried and does not open them
  record Unknown(boolean refused) implements Contents {}

  /// A partition and what is in it.
  record Part(Partition partition, Contents contents) {}
}
