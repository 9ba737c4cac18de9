package org.diskferry.media.partition;

import java.util.Map;

/// What people call the types of partitions. GUIDs: UEFI Specification 2.10, section 5.3.3, the
/// vendors' own documents, and systemd's Discoverable Partitions Specification; bytes of an MBR: as
/// `sfdisk --list-types` has them.
final class PartitionTypes {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("C12A7328-F81F-11D2-BA4B-00A0C93EC93B", "EFI system"),
          Map.entry("E3C9E316-0B5C-4DB8-817D-F92DF00215AE", "Microsoft reserved"),
          Map.entry("EBD0A0A2-B9E5-4433-87C0-68B6B72699C7", "Microsoft basic data"),
          Map.entry("DE94BBA4-06D1-4D40-A16A-BFD50179D6AC", "Windows recovery"),
          Map.entry("5808C8AA-7E8F-42E0-85D2-E1E90434CFB3", "Windows dynamic disk, metadata"),
          Map.entry("AF9BC060-1431-4F62-BC68-3311714A69AD", "Windows dynamic disk, data"),
          Map.entry("E75CAF8F-F680-4CEE-AFA3-B001E56EFC2D", "Windows Storage Spaces"),
          Map.entry("21686148-6449-6E6F-744E-656564454649", "BIOS boot"),
          Map.entry("0FC63DAF-8483-4772-8E79-3D69D8477DE4", "Linux file system"),
          Map.entry("933AC7E1-2EB4-4F13-B844-0E14E2AEF915", "Linux /home"),
          Map.entry("3B8F8425-20E0-4F3B-907F-1A25A76F98E8", "Linux /srv"),
          Map.entry("4D21B016-B534-45C2-A9FB-5C16E091FD2D", "Linux /var"),
          Map.entry("4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709", "Linux root (x86-64)"),
          Map.entry("BC13C2FF-59E6-4262-A352-B275FD6F7172", "Linux extended boot"),
          Map.entry("0657FD6D-A4AB-43C4-84E5-0933C84B4F4F", "Linux swap"),
          Map.entry("E6D6D379-F507-44C2-A23C-238F2A3DF928", "Linux LVM"),
          Map.entry("A19D880F-05FC-4D3B-A006-743F0F84911E", "Linux RAID"),
          Map.entry("8DA63339-0007-60C0-C436-083AC8230908", "Linux reserved"),
          Map.entry("CA7D7CCB-63ED-4C53-861C-1742536059CC", "Linux LUKS"),
          Map.entry("48465300-0000-11AA-AA11-00306543ECAC", "Apple HFS+"),
          Map.entry("7C3457EF-0000-11AA-AA11-00306543ECAC", "Apple APFS"),
          Map.entry("53746F72-6167-11AA-AA11-00306543ECAC", "Apple CoreStorage"),
          Map.entry("52414944-0000-11AA-AA11-00306543ECAC", "Apple RAID"),
          Map.entry("426F6F74-0000-11AA-AA11-00306543ECAC", "Apple boot"),
          Map.entry("5265636F-7665-11AA-AA11-00306543ECAC", "Apple recovery"),
          Map.entry("6A898CC3-1DD2-11B2-99A6-080020736631", "ZFS or Solaris /usr"),
          Map.entry("0x01", "FAT12"),
          Map.entry("0x04", "FAT16, under 32 MiB"),
          Map.entry("0x06", "FAT16"),
          Map.entry("0x07", "NTFS or exFAT"),
          Map.entry("0x0B", "FAT32"),
          Map.entry("0x0C", "FAT32, LBA"),
          Map.entry("0x0E", "FAT16, LBA"),
          Map.entry("0x12", "maker's recovery"),
          Map.entry("0x27", "Windows recovery"),
          Map.entry("0x42", "Windows dynamic disk"),
          Map.entry("0x82", "Linux swap"),
          Map.entry("0x83", "Linux"),
          Map.entry("0x8E", "Linux LVM"),
          Map.entry("0xAF", "Apple HFS or HFS+"),
          Map.entry("0xDE", "maker's tools"),
          Map.entry("0xEF", "EFI system"),
          Map.entry("0xFD", "Linux RAID"));

  private PartitionTypes() {}

  /// The name of `type`, as [Partition#type] has it; the type itself where nobody has one.
  static String nameOf(String type) {
    return NAMES.getOrDefault(type, type);
  }
}
