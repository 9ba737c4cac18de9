package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.util.List;
import org.diskferry.media.MediaException;

/// What the attributes file holds under one key: TN1150, "Attributes File"; the inline form came
/// with Mac OS X 10.4.
sealed interface AttributeValue {

  /// The bytes themselves: kind `10`, length at 12, bytes from 16 on.
  record Bytes(ByteBuffer bytes) implements AttributeValue {}

  /// A fork of its own: kind `20`, the fork at 8.
  record Forked(Fork fork) implements AttributeValue {}

  /// More runs of such a fork: kind `30`, the runs at 8.
  record Runs(List<BlockRun> runs) implements AttributeValue {}

  /// The value that a record holds.
  static AttributeValue read(ByteBuffer record) throws MediaException {
    int kind = record.capacity() < 4 ? 0 : record.getInt(0);
    return switch (kind) {
      case 0x10 -> bytes(checked(record, 16));
      case 0x20 -> new Forked(Fork.read(checked(record, 8 + Fork.LENGTH), 8));
      case 0x30 -> new Runs(Fork.runs(checked(record, 8 + Fork.RUNS_LENGTH), 8));
      default -> throw MediaException.damaged("an attribute of kind " + kind);
    };
  }

  private static ByteBuffer checked(ByteBuffer record, int length) throws MediaException {
    if (record.capacity() < length) {
      throw MediaException.damaged("an attribute of " + record.capacity() + " bytes");
    }
    return record;
  }

  private static Bytes bytes(ByteBuffer record) throws MediaException {
    long length = Fields.u32(record, 12);
    if (length > record.capacity() - 16) {
      throw MediaException.damaged("an attribute that claims " + length + " bytes");
    }
    return new Bytes(record.slice(16, (int) length));
  }
}
