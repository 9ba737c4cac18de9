package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.diskferry.media.MediaException;

/// One record of the master file table: the base of a file, or an extension of one whose attributes
/// did not fit.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | `FILE` |
/// | 4 | 4 | update sequence |
/// | 16 | 2 | sequence number |
/// | 20 | 2 | offset of the first attribute |
/// | 22 | 2 | flags: 1 in use, 2 directory |
/// | 24 | 4 | bytes in use |
/// | 32 | 8 | base record that this extends; 0: it is a base itself |
///
/// @param number in the table
/// @param sequence of this use of the record
/// @param inUse whether it means anything; a deleted file leaves its record behind
/// @param directory whether it is one
/// @param base what it extends; record 0 with sequence 0 where it is a base itself
/// @param attributes in the order in which they are stored
record Segment(
    long number,
    int sequence,
    boolean inUse,
    boolean directory,
    FileReference base,
    List<Attribute> attributes) {

  private static final int SIGNATURE = 0x454C_4946;
  private static final int HEADER = 42;
  private static final int IN_USE = 1;
  private static final int DIRECTORY = 2;

  /// Whether `raw` carries the signature of a record at all.
  static boolean isSigned(ByteBuffer raw) {
    return raw.getInt(0) == SIGNATURE;
  }

  /// Whether a signed record says that it is in use; torn or not, this is written first.
  static boolean isInUse(ByteBuffer raw) {
    return (raw.getShort(22) & IN_USE) != 0;
  }

  /// From the bytes as they lie on the volume, little-endian; they are copied.
  static Segment read(long number, ByteBuffer raw) throws MediaException {
    ByteBuffer bytes = ByteBuffer.allocate(raw.limit()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(0, raw, 0, raw.limit());
    if (!isSigned(bytes)) {
      throw MediaException.damaged("MFT record " + number + ": no file record");
    }
    UpdateSequence.undo(bytes, () -> "MFT record " + number);
    int first = bytes.getShort(20) & 0xFFFF;
    int used = bytes.getInt(24);
    if (first < HEADER || used < first || used > bytes.limit()) {
      throw MediaException.damaged(
          "MFT record " + number + ": attributes from " + first + " to " + used);
    }
    return new Segment(
        number,
        bytes.getShort(16) & 0xFFFF,
        isInUse(bytes),
        (bytes.getShort(22) & DIRECTORY) != 0,
        FileReference.of(bytes.getLong(32)),
        new AttributeReader(bytes, used, number).readFrom(first));
  }

  /// Whether this is the base of a file and not an extension.
  boolean isBase() {
    return base.record() == 0 && base.sequence() == 0;
  }
}
