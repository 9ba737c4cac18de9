package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ContentReader;

/// Finds one name in the root directory without reading the whole table. Only used to learn whether
/// a system that sleeps still owns the volume.
///
/// Node: 0 offset of the first entry, 4 length. Entry: 0 file, 8 length, 10 length of the key, 12
/// flags (1 has a node below, 2 is the last), 16 key; the last 8 bytes lead to the node below.
final class RootIndex {
  private static final String NAME = "$I30";
  private static final int SIGNATURE = 0x5844_4E49;
  private static final int BLOCK_HEADER = 24;
  private static final int ROOT_HEADER = 16;
  private static final int ENTRY_HEADER = 16;
  private static final int HAS_BELOW = 1;
  private static final int LAST = 2;

  /// A directory of a billion names is six nodes high.
  private static final int MOST_LEVELS = 12;

  /// Blocks of an index are counted in clusters, or in this where they are smaller than a cluster.
  private static final int SMALL_UNIT = 512;

  private final RecordReader reader;

  RootIndex(RecordReader reader) {
    this.reader = reader;
  }

  private sealed interface Step {
    record Found(FileReference file) implements Step {}

    record Below(long vcn) implements Step {}

    record Nowhere() implements Step {}
  }

  /// The file of `name`, which is plain ASCII, without regard to case.
  Optional<FileReference> find(String name) throws MediaException {
    FileRecord root = reader.file(reader.segment(Metafiles.ROOT));
    MappingPairs mapping = reader.table().mapping();
    ByteBuffer top =
        reader.bytes(
            root.stream(Attribute.INDEX_ROOT, NAME, mapping), reader.table().boot().recordSize());
    FileStream blocks = root.stream(Attribute.INDEX_ALLOCATION, NAME, mapping);
    Step step = look(node(top, ROOT_HEADER), name.toUpperCase(Locale.ROOT));
    for (int level = 0; level < MOST_LEVELS && step instanceof Step.Below(long vcn); level++) {
      step = look(block(blocks, vcn), name.toUpperCase(Locale.ROOT));
    }
    return step instanceof Step.Found(FileReference file) ? Optional.of(file) : Optional.empty();
  }

  private ByteBuffer block(FileStream blocks, long vcn) throws MediaException {
    BootSector boot = reader.table().boot();
    int unit = boot.indexSize() < boot.clusterSize() ? SMALL_UNIT : boot.clusterSize();
    ContentReader content = reader.reader(blocks);
    if (vcn < 0 || vcn > (content.size() - boot.indexSize()) / unit) {
      throw MediaException.damaged("root directory: no index block " + vcn);
    }
    ByteBuffer block = ByteBuffer.allocate(boot.indexSize()).order(ByteOrder.LITTLE_ENDIAN);
    reader.budget().chargeRead(block.remaining());
    content.read(vcn * unit, block);
    block.flip();
    if (block.getInt(0) != SIGNATURE) {
      throw MediaException.damaged("root directory: index block " + vcn + " is none");
    }
    UpdateSequence.undo(block, () -> "root directory: index block " + vcn);
    return node(block, BLOCK_HEADER);
  }

  private static ByteBuffer node(ByteBuffer block, int header) throws MediaException {
    if (block.limit() < header + 8) {
      throw MediaException.damaged("root directory: index of " + block.limit() + " bytes");
    }
    int first = block.getInt(header);
    int length = block.getInt(header + 4);
    if (first < 0 || length < first || length > block.limit() - header) {
      throw MediaException.damaged("root directory: entries from " + first + " to " + length);
    }
    return block.slice(header + first, length - first).order(ByteOrder.LITTLE_ENDIAN);
  }

  private Step look(ByteBuffer entries, String name) throws MediaException {
    int at = 0;
    while (entries.limit() - at >= ENTRY_HEADER) {
      int length = entries.getShort(at + 8) & 0xFFFF;
      int flags = entries.getShort(at + 12);
      boolean below = (flags & HAS_BELOW) != 0;
      if (length < ENTRY_HEADER + (below ? 8 : 0) || length > entries.limit() - at) {
        throw MediaException.damaged("root directory: an entry of " + length + " bytes");
      }
      int order = (flags & LAST) != 0 ? 1 : key(entries, at, length).compareTo(name);
      if (order == 0) {
        return new Step.Found(FileReference.of(entries.getLong(at)));
      }
      if (order > 0) {
        return below ? new Step.Below(entries.getLong(at + length - 8)) : new Step.Nowhere();
      }
      at += length;
    }
    return new Step.Nowhere();
  }

  private static String key(ByteBuffer entries, int at, int length) throws MediaException {
    ByteBuffer value =
        entries.slice(at + ENTRY_HEADER, length - ENTRY_HEADER).order(ByteOrder.LITTLE_ENDIAN);
    return FileNameAttribute.read(value, "root directory").units().toUpperCase(Locale.ROOT);
  }
}
