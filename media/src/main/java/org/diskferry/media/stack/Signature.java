package org.diskferry.media.stack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.jspecify.annotations.Nullable;

/// Bytes by which something is known that cannot be read.
///
/// @param name as people call it
/// @param mark what stands there
/// @param advice what the customer can do
record Signature(String name, Mark mark, String advice) {
  private static final String DISK =
      " to a disk with NTFS, ext4, exFAT, FAT32 or HFS+ and send that";

  private static final String COPY = "copy the files" + DISK;

  /// What to do about encryption that is not supported.
  static final String DECRYPT =
      "decrypt it, or copy the files into a TrueCrypt or VeraCrypt volume, and send that";

  private static final String BITLOCKER =
      "switch BitLocker off for the drive and wait until Windows has decrypted it, or copy the files"
          + " into a TrueCrypt or VeraCrypt volume and send that";

  private static final String POOL = "copy the files from the assembled pool" + DISK;

  private static final String ARRAY = "copy the files from the assembled array" + DISK;

  private static final String VOLUMES = "copy the files from its volumes" + DISK;

  /// How much of a volume must be zero for it to be called empty.
  private static final int HEAD = 64 << 10;

  /// Volume recognition sequence of ECMA-167 and ISO 9660: from 32 KiB on, in steps of 2 KiB.
  private static final int SEQUENCE = 0x8000;

  private static final int DESCRIPTOR = 2048;
  private static final int DESCRIPTORS = 32;

  /// Bytes 426 to 439 of BitLocker's boot sector on a disk that any Windows is to show something
  /// on.
  private static final String TO_GO = "3BD66749292ED84A8399F6A339E3D001";

  /// What poses as a file system that can be read, and holds the customer's files only encrypted.
  private static final List<Signature> DISGUISED =
      List.of(new Signature("BitLocker To Go", Mark.hex(424, TO_GO), BITLOCKER));

  private static final List<Signature> KNOWN =
      List.of(
          new Signature("BitLocker", Mark.text(3, "-FVE-FS-"), BITLOCKER),
          new Signature("LUKS 1", Mark.hex(0, "4C554B53BABE0001"), DECRYPT),
          new Signature("LUKS 2", Mark.hex(0, "4C554B53BABE0002"), DECRYPT),
          new Signature("APFS", Mark.text(32, "NXSB"), COPY),
          new Signature(
              "CoreStorage",
              Mark.all(Mark.hex(8, "01001000"), Mark.text(88, "CS")),
              "copy the files from the Mac's volume" + DISK),
          new Signature("HFS", Mark.all(Mark.text(1024, "BD"), Mark.hex(1038, "0003")), COPY),
          new Signature("ReFS", Mark.hex(3, "5265465300000000"), COPY),
          new Signature("XFS", Mark.text(0, "XFSB"), COPY),
          new Signature("btrfs", Mark.text(0x10040, "_BHRfS_M"), COPY),
          new Signature("F2FS", Mark.hex(1024, "1020F5F2"), COPY),
          new Signature("JFS", Mark.text(0x8000, "JFS1"), COPY),
          new Signature("Reiser4", Mark.text(0x10000, "ReIsEr4"), COPY),
          new Signature("ReiserFS", Mark.text(0x10034, "ReIsEr"), COPY),
          new Signature("NILFS2", Mark.hex(1024, "0200000000003434"), COPY),
          new Signature("bcachefs", Mark.hex(4120, "C68573F666CE90A9D96A60CF803DF7EF"), COPY),
          new Signature("bcache", Mark.hex(4120, "C68573F64E1A45CA8265F57F48BA6D81"), POOL),
          new Signature("UDF", udf(), COPY),
          new Signature("ISO 9660", Mark.text(SEQUENCE + 1, "CD001"), COPY),
          new Signature("LVM physical volume", lvm(), VOLUMES),
          new Signature("Linux RAID member", raid(), ARRAY),
          new Signature("Windows dynamic disk", dynamic(), VOLUMES),
          new Signature("Storage Spaces", Mark.text(4096, "SPACEDB "), POOL),
          new Signature("ZFS member", zfs(), POOL),
          new Signature(
              "Linux swap space",
              Mark.text(4086, "SWAPSPACE2"),
              "it holds no files: send the disk that does"));

  /// What a partition is by its type alone, when nothing of its content is known.
  private static final Map<String, Signature> BY_TYPE =
      Map.of(
          "53746F72-6167-11AA-AA11-00306543ECAC", byName("CoreStorage"),
          "7C3457EF-0000-11AA-AA11-00306543ECAC", byName("APFS"),
          "E75CAF8F-F680-4CEE-AFA3-B001E56EFC2D", byName("Storage Spaces"),
          "AF9BC060-1431-4F62-BC68-3311714A69AD", byName("Windows dynamic disk"),
          "5808C8AA-7E8F-42E0-85D2-E1E90434CFB3", byName("Windows dynamic disk"),
          "0x42", byName("Windows dynamic disk"));

  private static Signature byName(String name) {
    return KNOWN.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  // A disc may have the descriptors of ISO 9660 first: most players read it by those of UDF.
  private static Mark udf() {
    Mark[] descriptors =
        IntStream.range(0, DESCRIPTORS)
            .map(i -> SEQUENCE + i * DESCRIPTOR + 1)
            .mapToObj(at -> Mark.any(Mark.text(at, "NSR02"), Mark.text(at, "NSR03")))
            .toArray(Mark[]::new);
    return Mark.all(
        Mark.any(Mark.text(SEQUENCE + 1, "BEA01"), Mark.text(SEQUENCE + 1, "CD001")),
        Mark.any(descriptors));
  }

  // In any of the first four sectors.
  private static Mark lvm() {
    return Mark.any(
        IntStream.range(0, 4).mapToObj(i -> Mark.text(i * 512L, "LABELONE")).toArray(Mark[]::new));
  }

  // Versions 1.1, 1.2, 1.0 and 0.90 (md(4), "Linux RAID superblock"): at the start, 4 KiB after it,
  // 8 KiB before the end in whole 4 KiB, 64 KiB before the end in whole 64 KiB.
  private static Mark raid() {
    String one = "FC4E2BA901000000";
    return Mark.any(
        Mark.hex(0, one),
        Mark.hex(4096, one),
        Mark.hexFromEnd(-8192, 4096, one),
        Mark.hexFromEnd(-65536, 65536, "FC4E2BA9000000005A000000"));
  }

  // The private header in sector 6 of a disk whose first partition is of that type; in a partition
  // of its own on a GPT, at its end.
  private static Mark dynamic() {
    return Mark.any(
        Mark.all(Mark.hex(450, "42"), Mark.text(6 * 512, "PRIVHEAD")), Mark.text(-512, "PRIVHEAD"));
  }

  // The first name of the packed list in a label, 16 KiB into it; there are two labels at either
  // end.
  private static Mark zfs() {
    String version = "0000000776657273696F6E";
    int label = 256 << 10;
    int name = (16 << 10) + 20;
    return Mark.any(Mark.hex(name, version), Mark.hex(label + name, version));
  }

  /// What a volume is that poses as something else; null where it is what it seems.
  static Contents.@Nullable Unsupported disguised(BlockSource volume) throws MediaException {
    return first(DISGUISED, volume);
  }

  /// What a volume is that no readable format recognised.
  static Contents match(BlockSource volume) throws MediaException {
    Contents.Unsupported known = first(KNOWN, volume);
    if (known != null) {
      return known;
    }
    return isZero(volume) ? new Contents.Empty() : new Contents.Unknown(false);
  }

  /// What a partition of this type is whose content nobody knows; null where the type says nothing.
  static Contents.@Nullable Unsupported ofType(String type) {
    Signature signature = BY_TYPE.get(type);
    return signature == null ? null : signature.contents();
  }

  private static Contents.@Nullable Unsupported first(List<Signature> list, BlockSource volume)
      throws MediaException {
    for (Signature signature : list) {
      if (signature.mark().stands(volume)) {
        return signature.contents();
      }
    }
    return null;
  }

  private Contents.Unsupported contents() {
    return new Contents.Unsupported(name, advice);
  }

  /// What the unknown parts of a device are whose first sector has the boot loader of TrueCrypt or
  /// VeraCrypt; null where it has not.
  static Contents.@Nullable Unsupported bootLoader(BlockSource device) throws MediaException {
    byte[] sector = new byte[Math.toIntExact(Math.min(512, device.size()))];
    device.read(0, ByteBuffer.wrap(sector));
    String text = new String(sector, StandardCharsets.ISO_8859_1);
    for (String program : List.of("TrueCrypt", "VeraCrypt")) {
      if (text.contains(program + " Boot Loader")) {
        return new Contents.Unsupported(
            program + " system encryption (the disk starts a computer; it is no data volume)",
            "decrypt the system permanently, or copy the files into a volume that is not the"
                + " system's, and send that");
      }
    }
    return null;
  }

  private static boolean isZero(BlockSource volume) throws MediaException {
    byte[] head = new byte[Math.toIntExact(Math.min(HEAD, volume.size()))];
    volume.read(0, ByteBuffer.wrap(head));
    for (byte b : head) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
