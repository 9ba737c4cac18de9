package org.diskferry.media.partition;

import java.util.List;

/// The partitions of a device.
///
/// @param scheme which kind of table
/// @param unit bytes of a sector as the table counts: 512 or 4096, for an Apple map also 1024 or
///   2048, whatever the device says
/// @param partitions in order of their numbers, each wholly on the device, none of size 0
/// @param remarks what is odd about the table, for people; empty for a proper one
public record PartitionTable(
    Scheme scheme, int unit, List<Partition> partitions, List<String> remarks) {

  /// The kinds of table that are read.
  public enum Scheme {
    /// The four entries of sector 0, and the chain of extended ones.
    MBR("MBR"),
    /// UEFI Specification, section 5.
    GPT("GPT"),
    /// Inside Macintosh: Devices, chapter 3.
    APPLE("Apple partition map");

    private final String word;

    Scheme(String word) {
      this.word = word;
    }

    /// As people write it.
    public String word() {
      return word;
    }
  }

  /// Copies the lists.
  public PartitionTable {
    partitions = List.copyOf(partitions);
    remarks = List.copyOf(remarks);
  }
}
