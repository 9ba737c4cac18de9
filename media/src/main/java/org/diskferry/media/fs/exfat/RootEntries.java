package org.diskferry.media.fs.exfat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.diskferry.media.fs.chain.RecordSink;
import org.diskferry.media.fs.chain.Storage;
import org.jspecify.annotations.Nullable;

/// What the root directory has for the volume as a whole (exFAT specification, 7.1 to 7.3): the map
/// of clusters, the up-case table, the label.
final class RootEntries implements RecordSink {
  private static final int MOST_LABEL_UNITS = 11;

  private final int activeMap;
  private @Nullable Storage map;
  private @Nullable Storage upCaseTable;
  private int upCaseChecksum;
  private String label = "";

  /// `activeMap` is 0 or 1.
  RootEntries(int activeMap) {
    this.activeMap = activeMap;
  }

  Optional<Storage> map() {
    return Optional.ofNullable(map);
  }

  Optional<Storage> upCaseTable() {
    return Optional.ofNullable(upCaseTable);
  }

  int upCaseChecksum() {
    return upCaseChecksum;
  }

  String label() {
    return label;
  }

  @Override
  public boolean record(ByteBuffer piece, int at, long position) {
    int type = Byte.toUnsignedInt(piece.get(at));
    if (type == EntryType.BITMAP && (piece.get(at + 1) & 1) == activeMap && map == null) {
      map = EntrySet.chained(piece, at);
    } else if (type == EntryType.UP_CASE_TABLE && upCaseTable == null) {
      upCaseTable = EntrySet.chained(piece, at);
      upCaseChecksum = piece.getInt(at + 4);
    } else if (type == EntryType.LABEL) {
      label = label(piece, at);
    }
    return type != EntryType.END;
  }

  private static String label(ByteBuffer piece, int at) {
    int length = Math.min(Byte.toUnsignedInt(piece.get(at + 1)), MOST_LABEL_UNITS);
    return piece.slice(at + 2, 2 * length).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().toString();
  }

  /// A scan tells of it.
  @Override
  public void lost(String reason) {}

  @Override
  public void end() {}
}
