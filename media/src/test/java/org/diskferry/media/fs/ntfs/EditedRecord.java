package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.testing.PatchedSource;

/// One file record of a small volume, taken apart, changed and put back with its update sequence:
/// for what no tool of this system writes.
final class EditedRecord {
  private static final int SECTOR = 512;

  private final BlockSource volume;
  private final long number;
  private final long place;
  private final ByteBuffer bytes;

  private EditedRecord(BlockSource volume, long number, long place, ByteBuffer bytes) {
    this.volume = volume;
    this.number = number;
    this.place = place;
    this.bytes = bytes;
  }

  static EditedRecord of(BlockSource volume, long number) throws MediaException {
    ByteBuffer sector = ByteBuffer.allocate(BootSector.LENGTH);
    volume.read(0, sector);
    BootSector boot = BootSector.read(sector.flip());
    long place = boot.tableCluster() * boot.clusterSize() + number * boot.recordSize();
    ByteBuffer bytes = ByteBuffer.allocate(boot.recordSize()).order(ByteOrder.LITTLE_ENDIAN);
    volume.read(place, bytes);
    UpdateSequence.undo(bytes.flip(), () -> "the record to edit");
    return new EditedRecord(volume, number, place, bytes);
  }

  /// Which record this is.
  long number() {
    return number;
  }

  /// Where the record lies on the volume.
  long place() {
    return place;
  }

  /// The record's bytes, update sequence undone.
  ByteBuffer bytes() {
    return bytes;
  }

  /// Offset of the first attribute of `type`.
  int attribute(int type) {
    int at = bytes.getShort(20);
    while (bytes.getInt(at) != type) {
      at += bytes.getInt(at + 4);
    }
    return at;
  }

  /// Offset of the value of the first, resident, attribute of `type`.
  int value(int type) {
    int at = attribute(type);
    return at + bytes.getShort(at + 20);
  }

  /// Adds a resident attribute after all others.
  EditedRecord add(int type, byte[] value) {
    int at = bytes.getShort(20);
    while (bytes.getInt(at) != -1) {
      at += bytes.getInt(at + 4);
    }
    int length = (24 + value.length + 7) / 8 * 8;
    bytes.putInt(at, type).putInt(at + 4, length).putLong(at + 8, 0);
    bytes.putInt(at + 16, value.length).putInt(at + 20, 24);
    bytes.put(at + 24, value);
    bytes.putInt(at + length, -1).putInt(24, at + length + 8);
    return this;
  }

  /// The volume with the record put back.
  PatchedSource back() {
    byte[] raw = new byte[bytes.limit()];
    bytes.get(0, raw);
    ByteBuffer out = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    int array = out.getShort(4);
    for (int i = 1; i * SECTOR <= raw.length; i++) {
      out.putShort(array + 2 * i, out.getShort(i * SECTOR - 2));
      out.putShort(i * SECTOR - 2, out.getShort(array));
    }
    return new PatchedSource(volume).put(place, raw);
  }
}
