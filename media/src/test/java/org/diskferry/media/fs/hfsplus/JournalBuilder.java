package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.MediaException;

/// Writes a journal by hand into a volume that has none, by TN1150 and Apple's published source: no
/// tool here leaves one that waits.
final class JournalBuilder {
  static final int UNIT = 512;
  static final int LIST = 4096;
  private static final int HAS_CHECKSUMS = 1;
  private static final int IS_FIRST = 2;

  private final EditedVolume volume;
  private final ByteOrder order;
  private final int size;
  private final long info;
  private final long base;
  private final List<byte[]> targets = new ArrayList<>();
  private final List<Long> units = new ArrayList<>();
  private int start;
  private int end;
  private int sequence = 7;

  /// A journal of `size` bytes whose log begins at byte `start` of it.
  JournalBuilder(EditedVolume volume, ByteOrder order, int size, int start) throws MediaException {
    this.volume = volume;
    this.order = order;
    this.size = size;
    this.start = start;
    this.end = start;
    int blockSize = volume.blockSize();
    this.info = volume.allocate(1);
    long first = volume.allocate(size / blockSize);
    this.base = first * blockSize;
    int attributes = volume.read(VolumeHeader.OFFSET + 4, 4).getInt(0);
    // Journaled, and not unmounted.
    volume.putInt(VolumeHeader.OFFSET + 4, (attributes | 1 << 13) & ~(1 << 8));
    volume.putInt(VolumeHeader.OFFSET + 8, 0x4846_534A);
    volume.putInt(VolumeHeader.OFFSET + 12, (int) info);
    ByteBuffer place = ByteBuffer.allocate(52);
    place.putInt(0, 1).putLong(36, base).putLong(44, size);
    volume.put(info * blockSize, place);
  }

  /// First byte of the journal on the volume.
  long base() {
    return base;
  }

  /// First byte of the journal's description on the volume.
  long info() {
    return info * volume.blockSize();
  }

  /// Takes a change into the transaction that is being made: `bytes` at byte `at` of the volume.
  JournalBuilder change(long at, byte... bytes) {
    units.add(at / UNIT);
    targets.add(bytes);
    return this;
  }

  /// Takes the withdrawal of a change into it.
  JournalBuilder kill(int length) {
    units.add(-1L);
    targets.add(new byte[length]);
    return this;
  }

  /// Writes the transaction behind the last one, as Mac OS X 10.5 and later do.
  ///
  /// @return where in the journal it begins
  int commit() {
    return commit(HAS_CHECKSUMS | IS_FIRST, ++sequence);
  }

  /// The same in the form of Mac OS X 10.2, without numbers and sums of blocks.
  int commitOld() {
    return commit(0, 0);
  }

  private int commit(int flags, int tag) {
    ByteBuffer list = ByteBuffer.allocate(LIST).order(order);
    list.putShort(0, (short) (LIST / 16 - 1)).putShort(2, (short) (targets.size() + 1));
    list.putInt(12, flags).putInt(28, tag);
    int used = LIST;
    for (int i = 0; i < targets.size(); i++) {
      ByteBuffer bytes = ByteBuffer.wrap(targets.get(i));
      int at = 32 + 16 * i;
      list.putLong(at, units.get(i)).putInt(at + 8, bytes.capacity());
      list.putInt(at + 12, flags == 0 ? 0 : JournalChecksum.of(bytes, bytes.capacity()));
      used += bytes.capacity();
    }
    list.putInt(4, used);
    list.putInt(8, JournalChecksum.of(list, 32, 8));
    int begin = end;
    write(list);
    targets.forEach(bytes -> write(ByteBuffer.wrap(bytes)));
    targets.clear();
    units.clear();
    return begin;
  }

  private void write(ByteBuffer bytes) {
    for (int i = 0; i < bytes.capacity(); i++) {
      volume.source().put(base + end, bytes.get(i));
      end = end + 1 == size ? UNIT : end + 1;
    }
  }

  /// Writes the header: what was committed so far waits.
  JournalBuilder close() {
    return close(end);
  }

  /// Writes the header as it was when the log ended at `knownEnd`.
  JournalBuilder close(int knownEnd) {
    ByteBuffer header = ByteBuffer.allocate(UNIT).order(order);
    header.putInt(0, 0x4A4E_4C78).putInt(4, 0x1234_5678);
    header.putLong(8, start).putLong(16, knownEnd).putLong(24, size);
    header.putInt(32, LIST).putInt(40, UNIT);
    header.putInt(36, JournalChecksum.of(header, JournalHeader.LENGTH, 36));
    volume.put(base, header);
    return this;
  }

  int end() {
    return end;
  }
}
