package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.Extent;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.ContentReader;

/// Turns streams into content: runs of clusters into runs of bytes.
final class Clusters {
  private final BootSector boot;
  private final BlockSource volume;

  /// @param volume what content is read from; runs beyond its end make content unreadable
  Clusters(BootSector boot, BlockSource volume) {
    this.boot = boot;
    this.volume = volume;
  }

  /// The content of `stream`; what is not there at all is empty.
  Content content(FileStream stream) {
    return switch (stream) {
      case FileStream.Absent _ -> new Content.Inline(ByteBuffer.allocate(0));
      case FileStream.Broken broken -> new Content.Unreadable(broken.reason());
      case FileStream.Resident resident when isEncrypted(resident.flags()) -> encrypted();
      case FileStream.Resident resident -> new Content.Inline(resident.value());
      case FileStream.Mapped mapped when isEncrypted(mapped.flags()) -> encrypted();
      case FileStream.Mapped mapped -> content(mapped);
    };
  }

  /// What CompactOS packed into a stream beside `plain`, which only tells how long it is.
  Content overlay(SystemCompression compression, FileStream plain, FileStream packed) {
    if (plain instanceof FileStream.Broken broken) {
      return new Content.Unreadable(broken.reason());
    }
    long size = plain.size();
    if (size == 0) {
      return new Content.Inline(ByteBuffer.allocate(0));
    }
    return switch (content(packed)) {
      case Content.Unreadable unreadable -> unreadable;
      case Content stored -> overlay(compression, size, new ContentReader(volume, stored));
    };
  }

  private static Content overlay(SystemCompression compression, long size, ContentReader packed) {
    try {
      return new OverlayContent(compression, size, packed);
    } catch (MediaException e) {
      return new Content.Unreadable(e.getMessage());
    }
  }

  /// What a file that only Windows' own keys open is.
  static Content encrypted() {
    return new Content.Unreadable(
        "encrypted by Windows (EFS): only its owner can read it; decrypt it there and send it again");
  }

  private static boolean isEncrypted(int flags) {
    return (flags & Attribute.ENCRYPTED) != 0;
  }

  private Content content(FileStream.Mapped stream) {
    try {
      checkSize(stream);
      List<Extent> extents = extents(stream);
      checkEnd(extents);
      int compression = stream.flags() & Attribute.COMPRESSION_MASK;
      if (compression == 0) {
        return new Content.Extents(stream.size(), extents);
      }
      checkCompression(stream, compression);
      return new CompressedContent(volume, stream, boot.clusterSize());
    } catch (MediaException e) {
      return new Content.Unreadable(e.getMessage());
    }
  }

  private void checkSize(FileStream.Mapped stream) throws MediaException {
    long mapped = stream.runs().isEmpty() ? 0 : stream.runs().getLast().endVcn();
    if (stream.size() > mapped * boot.clusterSize()) {
      throw MediaException.damaged(
          "%d bytes long, but there are clusters for %d only"
              .formatted(stream.size(), mapped * boot.clusterSize()));
    }
  }

  private void checkEnd(List<Extent> extents) throws MediaException {
    for (Extent extent : extents) {
      if (extent.physicalEnd() > volume.size()) {
        throw MediaException.damaged(
            "byte %d of the volume: past the end of the device or image, %d bytes"
                .formatted(extent.physicalEnd() - 1, volume.size()));
      }
    }
  }

  private void checkCompression(FileStream.Mapped stream, int compression) throws MediaException {
    int shift = stream.unitShift();
    if (compression != 1) {
      throw MediaException.unsupported("compressed by method " + compression);
    }
    if (shift == 0
        || shift > 16
        || ((long) boot.clusterSize() << shift) > CompressedContent.MOST_UNIT_BYTES) {
      throw MediaException.unsupported("compressed in units of 2^" + shift + " clusters");
    }
  }

  // Bytes after the last one ever written are not taken from the medium: they read as zeros.
  private List<Extent> extents(FileStream.Mapped stream) {
    List<Extent> extents = new ArrayList<>();
    for (Run run : stream.runs()) {
      long logical = run.vcn() * boot.clusterSize();
      if (logical >= stream.written()) {
        break;
      }
      if (!run.isHole()) {
        long length = Math.min(run.count() * boot.clusterSize(), stream.written() - logical);
        append(new Extent(logical, run.lcn() * boot.clusterSize(), length), extents);
      }
    }
    return extents;
  }

  private static void append(Extent next, List<Extent> extents) {
    if (!extents.isEmpty()) {
      Extent last = extents.getLast();
      if (last.logicalEnd() == next.logical() && last.physicalEnd() == next.physical()) {
        extents.removeLast();
        extents.add(new Extent(last.logical(), last.physical(), last.length() + next.length()));
        return;
      }
    }
    extents.add(next);
  }

  /// Where the first stored byte of `stream` lies; -1 where it has no cluster of its own.
  long firstByte(FileStream stream) {
    if (!(stream instanceof FileStream.Mapped mapped)) {
      return -1;
    }
    for (Run run : mapped.runs()) {
      if (!run.isHole() && run.vcn() * boot.clusterSize() < mapped.written()) {
        return run.lcn() * boot.clusterSize();
      }
    }
    return -1;
  }
}
