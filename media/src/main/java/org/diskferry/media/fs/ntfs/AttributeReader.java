package org.diskferry.media.fs.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.MediaException;

/// Takes the attributes of a record apart. A length that leaves its frame damns the whole record:
/// whatever follows it could be anything.
final class AttributeReader {
  private static final int END = 0xFFFF_FFFF;
  private static final int RESIDENT_HEADER = 24;
  private static final int MAPPED_HEADER = 64;

  private final ByteBuffer record;
  private final int end;
  private final long number;

  /// @param record with its update sequence undone
  /// @param end offset after the last attribute
  /// @param number of the record, for messages
  AttributeReader(ByteBuffer record, int end, long number) {
    this.record = record;
    this.end = end;
    this.number = number;
  }

  List<Attribute> readFrom(int first) throws MediaException {
    List<Attribute> attributes = new ArrayList<>();
    int at = first;
    while (at + 8 <= end && record.getInt(at) != END) {
      int length = record.getInt(at + 4);
      if (length < RESIDENT_HEADER || length > end - at || length % 4 != 0) {
        throw damaged(at, " of " + length + " bytes");
      }
      attributes.add(attribute(record.slice(at, length).order(ByteOrder.LITTLE_ENDIAN), at));
      at += length;
    }
    return attributes;
  }

  private Attribute attribute(ByteBuffer bytes, int at) throws MediaException {
    Attribute.Key key =
        new Attribute.Key(bytes.getInt(0), name(bytes, at), bytes.getShort(12) & 0xFFFF);
    return bytes.get(8) == 0 ? resident(key, bytes, at) : mapped(key, bytes, at);
  }

  private String name(ByteBuffer bytes, int at) throws MediaException {
    int length = 2 * (bytes.get(9) & 0xFF);
    if (length == 0) {
      return "";
    }
    byte[] units = new byte[length];
    part(bytes, bytes.getShort(10) & 0xFFFF, length, at).get(units);
    return new String(units, StandardCharsets.UTF_16LE);
  }

  private Attribute resident(Attribute.Key key, ByteBuffer bytes, int at) throws MediaException {
    int length = bytes.getInt(16);
    ByteBuffer value = part(bytes, bytes.getShort(20) & 0xFFFF, length, at);
    return new Attribute.Resident(key, value);
  }

  private Attribute mapped(Attribute.Key key, ByteBuffer bytes, int at) throws MediaException {
    if (bytes.limit() < MAPPED_HEADER) {
      throw damaged(at, " is cut off");
    }
    int pairs = bytes.getShort(32) & 0xFFFF;
    return new Attribute.Mapped(
        key,
        bytes.getLong(16),
        bytes.getLong(24),
        bytes.get(34) & 0xFF,
        bytes.getLong(48),
        bytes.getLong(56),
        part(bytes, pairs, bytes.limit() - pairs, at));
  }

  private ByteBuffer part(ByteBuffer bytes, int offset, int length, int at) throws MediaException {
    if (length < 0 || offset > bytes.limit() || length > bytes.limit() - offset) {
      throw damaged(at, ": " + length + " bytes at " + offset);
    }
    return bytes.slice(offset, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private MediaException damaged(int at, String how) {
    return MediaException.damaged("MFT record " + number + ": attribute at " + at + how);
  }
}
