package org.diskferry.media.partition;

/// One entry of a partition table.
///
/// @param number as the system would call it: 1–4 for primary, from 5 on for logical partitions of
///   an MBR; the position in the table for a GPT
/// @param role what it is for
/// @param type the table's own word: `0x07`, or a GUID in upper case
/// @param name that the table gives it; empty for an MBR
/// @param start first byte on the device
/// @param size bytes
public record Partition(int number, Role role, String type, String name, long start, long size) {

  /// What a partition is for, as far as its type says.
  public enum Role {
    /// A customer's data may be here.
    DATA,
    /// Files that start a computer.
    EFI_SYSTEM,
    /// Reserved by the system, without content.
    RESERVED,
    /// Rescue tools of the computer's maker or system.
    RECOVERY,
    /// Memory that was swapped out.
    SWAP
  }

  /// What people call its type.
  public String typeName() {
    return PartitionTypes.nameOf(type);
  }

  /// First byte after it.
  public long end() {
    return start + size;
  }
}
