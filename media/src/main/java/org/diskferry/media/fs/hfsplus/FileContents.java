package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.Extent;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.ContentReader;

/// From the record of a file to its content.
final class FileContents {
  /// macOS keeps no more than a block in an attribute; a hostile disk may claim what fills memory.
  private static final int MOST_IN_ATTRIBUTE = 16 << 20;

  private final Structures structures;
  private final Replay replay;

  FileContents(Structures structures, Replay replay) {
    this.structures = structures;
    this.replay = replay;
  }

  /// What a file is to its user.
  ///
  /// @param size bytes, as far as it is known
  /// @param usesResourceFork whether that fork holds this content and is no thing beside it
  record Data(Content content, long size, boolean usesResourceFork) {}

  Data data(CatalogRecord.File file) throws MediaException {
    if (file.mayBeCompressed()) {
      try {
        Optional<AttributeValue> found =
            structures.attributes().find(file.cnid(), CompressionHeader.ATTRIBUTE);
        if (found.isPresent()) {
          return compressed(file, attribute(file, found.get()));
        }
      } catch (MediaException e) {
        return new Data(new Content.Unreadable(e.localReason()), 0, true);
      }
    }
    if (file.isMarkedCompressed() && file.data().size() == 0) {
      return new Data(
          new Content.Unreadable("marked as compressed, but its compressed data is missing"),
          0,
          true);
    }
    return new Data(fork(file, ExtentsFile.Which.DATA), Math.max(0, file.data().size()), false);
  }

  /// The resource fork.
  Content resource(CatalogRecord.File file) throws MediaException {
    return fork(file, ExtentsFile.Which.RESOURCE);
  }

  private Content fork(CatalogRecord.File file, ExtentsFile.Which which) throws MediaException {
    Fork fork = which == ExtentsFile.Which.DATA ? file.data() : file.resource();
    try {
      return extents(fork, structures.extents().of(file.cnid(), which));
    } catch (MediaException e) {
      return new Content.Unreadable(e.localReason());
    }
  }

  private Content.Extents extents(Fork fork, Overflow overflow) throws MediaException {
    Content.Extents extents = replay.applied(structures.blocks().extents(fork, overflow));
    long end = structures.blocks().source().size();
    for (Extent extent : extents.runs()) {
      if (extent.physicalEnd() > end) {
        throw MediaException.damaged(
            "byte %d of the volume: past the end of the device or image, %d bytes"
                .formatted(extent.physicalEnd() - 1, end));
      }
    }
    return extents;
  }

  private ContentReader reader(Content content) {
    return new ContentReader(structures.blocks().source(), content);
  }

  private ByteBuffer attribute(CatalogRecord.File file, AttributeValue value)
      throws MediaException {
    return switch (value) {
      case AttributeValue.Bytes(ByteBuffer bytes) -> bytes;
      case AttributeValue.Forked(Fork fork) -> read(file, fork);
      case AttributeValue.Runs _ ->
          throw MediaException.damaged("its compression header is missing");
    };
  }

  private ByteBuffer read(CatalogRecord.File file, Fork fork) throws MediaException {
    Overflow overflow = structures.attributes().of(file.cnid(), CompressionHeader.ATTRIBUTE);
    ContentReader reader = reader(extents(fork, overflow));
    if (reader.size() > MOST_IN_ATTRIBUTE) {
      throw MediaException.unsupported(
          "compressed data of " + reader.size() + " bytes in an attribute");
    }
    structures.budget().chargeRead(reader.size());
    ByteBuffer bytes = ByteBuffer.allocate((int) reader.size());
    reader.read(0, bytes);
    return bytes.flip();
  }

  private Data compressed(CatalogRecord.File file, ByteBuffer attribute) throws MediaException {
    CompressionHeader header = CompressionHeader.read(attribute);
    CompressionMethod method = header.method();
    Content content;
    try {
      content = expanded(file, header);
    } catch (MediaException e) {
      content = new Content.Unreadable(e.localReason());
    }
    return new Data(content, header.size(), method.isInResourceFork());
  }

  private Content expanded(CatalogRecord.File file, CompressionHeader header)
      throws MediaException {
    return switch (header.method()) {
      case PLAIN -> plain(header);
      case ZLIB_ATTRIBUTE -> zlib(header);
      case ZLIB_FORK ->
          new CompressedContent(
              header.size(),
              BlockTable.BLOCK,
              BlockTable.open(
                  reader(
                      extents(
                          file.resource(),
                          structures.extents().of(file.cnid(), ExtentsFile.Which.RESOURCE))),
                  header.size()));
      case DEDUPLICATED,
          LZVN_ATTRIBUTE,
          LZVN_FORK,
          RAW_ATTRIBUTE,
          RAW_FORK,
          LZFSE_ATTRIBUTE,
          LZFSE_FORK,
          LZBITMAP_ATTRIBUTE,
          LZBITMAP_FORK,
          DATALESS,
          UNKNOWN ->
          new Content.Unreadable(
              "compressed by macOS: %s (decmpfs method %s), which cannot be expanded here"
                  .formatted(header.method().word(), Integer.toUnsignedString(header.number())));
    };
  }

  private static Content plain(CompressionHeader header) throws MediaException {
    if (header.size() > header.rest().capacity()) {
      throw MediaException.damaged(
          "%d bytes long, and %d are stored".formatted(header.size(), header.rest().capacity()));
    }
    return new Content.Inline(header.rest().slice(0, (int) header.size()));
  }

  private static Content zlib(CompressionHeader header) throws MediaException {
    if (header.size() > MOST_IN_ATTRIBUTE) {
      throw MediaException.unsupported(
          header.size() + " bytes, expanded, from an attribute: no system writes that");
    }
    byte[] stored = new byte[header.rest().capacity()];
    header.rest().get(0, stored);
    int size = (int) header.size();
    return new CompressedContent(size, Math.max(1, size), _ -> stored);
  }
}
