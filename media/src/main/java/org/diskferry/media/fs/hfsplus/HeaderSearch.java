package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;

/// Finds the volume header: at its place, or the alternate one at the end where that is damaged,
/// either of them within an HFS wrapper (TN1150, "HFS Wrapper").
///
/// | offset | bytes | field of the wrapper's own header |
/// |---|---|---|
/// | 0 | 2 | `BD` |
/// | 20 | 4 | bytes of a block |
/// | 28 | 2 | sector of 512 bytes at which blocks begin |
/// | 124 | 2 | `H+` |
/// | 126 | 4 | first block and blocks of the volume within |
final class HeaderSearch {
  private static final int WRAPPER = 0x4244;
  private static final int SECTOR = 512;

  /// A volume header.
  ///
  /// @param base first byte of the volume in the partition
  /// @param remarks what is to be told of where it was found
  /// @param isPrimary whether it is the one that is kept up to date
  record Found(VolumeHeader header, long base, List<String> remarks, boolean isPrimary) {
    Space space() {
      return header.space(base);
    }
  }

  private record Part(long base, long size) {}

  private final BlockSource source;

  HeaderSearch(BlockSource source) {
    this.source = source;
  }

  /// Whether the volume begins with a header, or ends with an alternate one that fits it.
  boolean recognises() throws MediaException {
    try {
      if (source.size() < VolumeHeader.OFFSET + VolumeHeader.LENGTH) {
        return false;
      }
      ByteBuffer head = bytes(VolumeHeader.OFFSET);
      if (VolumeHeader.isSigned(head)) {
        return true;
      }
    } catch (MediaException e) {
      e.localReason();
    }
    try {
      find();
      return true;
    } catch (MediaException e) {
      e.localReason();
      return false;
    }
  }

  /// The best header that there is.
  ///
  /// @throws MediaException when there is none that can be believed
  Found find() throws MediaException {
    Part part = part();
    String reason;
    try {
      VolumeHeader header = VolumeHeader.read(source, part.base() + VolumeHeader.OFFSET);
      return new Found(header, part.base(), List.of(), true);
    } catch (MediaException e) {
      reason = e.localReason();
    }
    try {
      VolumeHeader header = alternate(part);
      String remark = reason + "; the alternate one at the end is used";
      return new Found(header, part.base(), List.of(remark), false);
    } catch (MediaException e) {
      throw MediaException.damaged(reason + "; the alternate one: " + e.localReason());
    }
  }

  // A volume that was formatted anew may end as it did before: its size must fit, and its catalogue
  // must still be there.
  private VolumeHeader alternate(Part part) throws MediaException {
    long end = part.base() + part.size();
    VolumeHeader header = VolumeHeader.read(source, end - VolumeHeader.OFFSET);
    Space space = header.space(part.base());
    if (space.bytes() > part.size() || part.size() - space.bytes() >= space.blockSize()) {
      throw MediaException.damaged("it belongs to a volume of " + space.bytes() + " bytes");
    }
    Blocks blocks = new Blocks(source, space, new Budget(Bounds.TIGHT));
    BTree.open(
        "catalogue", blocks, header.catalogue(), Overflow.NONE, BTreeNode.RecordLength.UNTOLD);
    return header;
  }

  private Part part() throws MediaException {
    Part whole = new Part(0, source.size());
    try {
      return wrapped(VolumeHeader.OFFSET, whole);
    } catch (MediaException e) {
      e.localReason();
      return wrapped(source.size() - VolumeHeader.OFFSET, whole);
    }
  }

  private Part wrapped(long at, Part whole) throws MediaException {
    if (at < 0 || source.size() < at + VolumeHeader.LENGTH) {
      throw MediaException.damaged("no volume header: " + source.size() + " bytes in all");
    }
    ByteBuffer bytes = bytes(at);
    if (Fields.u16(bytes, 0) != WRAPPER || Fields.u16(bytes, 124) != VolumeHeader.PLUS) {
      return whole;
    }
    long blockSize = Fields.u32(bytes, 20);
    long base = Fields.u16(bytes, 28) * (long) SECTOR + Fields.u16(bytes, 126) * blockSize;
    long size = Fields.u16(bytes, 128) * blockSize;
    if (size == 0 || base >= source.size()) {
      throw MediaException.damaged(
          "HFS wrapper: a volume of %d bytes at byte %d".formatted(size, base));
    }
    return new Part(base, Math.min(size, source.size() - base));
  }

  private ByteBuffer bytes(long at) throws MediaException {
    ByteBuffer bytes = ByteBuffer.allocate(VolumeHeader.LENGTH).order(ByteOrder.BIG_ENDIAN);
    source.read(at, bytes);
    return bytes.flip();
  }
}
