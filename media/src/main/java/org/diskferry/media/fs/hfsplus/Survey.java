package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Volume;

/// What a volume says of itself.
final class Survey {
  /// The space of names in which macOS makes a UUID of a volume's identifier.
  private static final String NAMESPACE = "b3e20f39f29211d697a400306543ecac";

  private final Structures structures;
  private final HeaderSearch.Found found;
  private final Journal.Outcome journal;

  Survey(Structures structures, HeaderSearch.Found found, Journal.Outcome journal) {
    this.structures = structures;
    this.found = found;
    this.journal = journal;
  }

  Volume volume() throws MediaException {
    VolumeHeader header = structures.header();
    return new Volume(
        header.isExtended() ? "HFSX" : "HFS+",
        label(),
        header.identifier() == 0 ? "" : uuid(header.identifier()),
        header.blockSize(),
        header.blocks() * header.blockSize(),
        used(header),
        journal.state(header, found.isPrimary()));
  }

  // The volume's name is that of its root.
  private String label() throws MediaException {
    try {
      return structures
          .catalogue()
          .thread(Catalogue.ROOT)
          .map(thread -> Names.text(thread.name()))
          .orElse("");
    } catch (MediaException e) {
      // A scan tells of it.
      e.localReason();
      return "";
    }
  }

  // The alternate header is not kept up to date.
  private long used(VolumeHeader header) {
    boolean isKnown = found.isPrimary() && header.freeBlocks() <= header.blocks();
    return isKnown ? (header.blocks() - header.freeBlocks()) * header.blockSize() : -1;
  }

  // Version 3 of RFC 9562, section 5.3.
  private static String uuid(long identifier) {
    MessageDigest md5;
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
    md5.update(HexFormat.of().parseHex(NAMESPACE));
    byte[] bytes = md5.digest(ByteBuffer.allocate(Long.BYTES).putLong(0, identifier).array());
    bytes[6] = (byte) ((bytes[6] & 0x0F) | 0x30);
    bytes[8] = (byte) ((bytes[8] & 0x3F) | 0x80);
    String hex = HexFormat.of().formatHex(bytes);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }
}
