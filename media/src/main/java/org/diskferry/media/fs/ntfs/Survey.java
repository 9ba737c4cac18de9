package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Volume;

/// What a volume says of itself: its label and serial number, how full it is, and how it was left.
final class Survey {
  private static final int FLAGS = 10;
  private static final int DIRTY = 1;
  private static final int HIBERNATION_HEAD = 4096;

  /// `hibr`, little-endian, with the bits that tell small letters from capitals masked out.
  private static final int HIBERNATED = 0x5242_4948;

  /// `rstr`, likewise: it was waking up and did not finish.
  private static final int RESTORING = 0x5254_5352;

  private static final int CAPITALS = 0xDFDF_DFDF;

  private final RecordReader reader;
  private final MasterFileTable table;

  Survey(RecordReader reader) {
    this.reader = reader;
    this.table = reader.table();
  }

  Volume volume() throws MediaException {
    BootSector boot = table.boot();
    Optional<FileRecord> own = file(Metafiles.VOLUME);
    return new Volume(
        "NTFS",
        own.map(Survey::label).orElse(""),
        "%016X".formatted(boot.serial()),
        boot.clusterSize(),
        boot.size(),
        used(),
        state(own));
  }

  private Optional<FileRecord> file(long number) throws MediaException {
    try {
      return Optional.of(reader.file(reader.segment(number)));
    } catch (MediaException e) {
      e.localReason();
      return Optional.empty();
    }
  }

  private static String label(FileRecord own) {
    return own.residentValue(Attribute.VOLUME_NAME)
        .map(value -> StandardCharsets.UTF_16LE.decode(value.duplicate()).toString())
        .orElse("");
  }

  private long used() throws MediaException {
    try {
      ClusterBitmap bitmap = ClusterBitmap.open(reader);
      return bitmap.used() * table.boot().clusterSize();
    } catch (MediaException e) {
      e.localReason();
      return -1;
    }
  }

  // What cannot be read is not known to be clean.
  private Volume.State state(Optional<FileRecord> own) throws MediaException {
    try {
      if (isHibernated()) {
        return Volume.State.HIBERNATED;
      }
      boolean clean = own.isPresent() && !isDirty(own.get()) && new LogFile(reader).isClean();
      return clean ? Volume.State.CLEAN : Volume.State.DIRTY;
    } catch (MediaException e) {
      e.localReason();
      return Volume.State.DIRTY;
    }
  }

  private static boolean isDirty(FileRecord own) {
    Optional<ByteBuffer> information = own.residentValue(Attribute.VOLUME_INFORMATION);
    return information.isEmpty()
        || information.get().limit() < FLAGS + 2
        || (information.get().getShort(FLAGS) & DIRTY) != 0;
  }

  private boolean isHibernated() throws MediaException {
    Optional<FileReference> found = new RootIndex(reader).find("hiberfil.sys");
    if (found.isEmpty()) {
      return false;
    }
    FileRecord file = reader.file(reader.segment(found.get().record()));
    ByteBuffer head =
        reader.head(file.stream(Attribute.DATA, "", table.mapping()), HIBERNATION_HEAD);
    int mark = head.remaining() < Integer.BYTES ? 0 : head.getInt(0) & CAPITALS;
    return mark == HIBERNATED || mark == RESTORING;
  }
}
