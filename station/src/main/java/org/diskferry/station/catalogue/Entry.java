package org.diskferry.station.catalogue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.diskferry.media.fs.Node;

/// A row in the making: what is known of one name before the path is.
///
/// @param name the last part of its path, in UTF-8
record Entry(
    Row.Kind kind,
    Node.Form form,
    long node,
    long size,
    long seconds,
    int nanos,
    long address,
    boolean nameable,
    String name,
    String lost) {
  private static final int FIXED = 3 + 4 * Long.BYTES + Integer.BYTES;

  byte[] encode() {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] lostBytes = lost.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED + Integer.BYTES + nameBytes.length + lostBytes.length)
        .put(Codes.of(kind))
        .put(Codes.of(form))
        .put((byte) (nameable ? 1 : 0))
        .putLong(node)
        .putLong(size)
        .putLong(seconds)
        .putInt(nanos)
        .putLong(address)
        .putInt(nameBytes.length)
        .put(nameBytes)
        .put(lostBytes)
        .array();
  }

  static Entry decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Row.Kind kind = Codes.kind(in.get());
    Node.Form form = Codes.form(in.get());
    boolean nameable = in.get() != 0;
    long node = in.getLong();
    long size = in.getLong();
    long seconds = in.getLong();
    int nanos = in.getInt();
    long address = in.getLong();
    String name = text(in, in.getInt());
    String lost = text(in, in.remaining());
    return new Entry(kind, form, node, size, seconds, nanos, address, nameable, name, lost);
  }

  private static String text(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// Something without content that could not be read.
  static Entry lost(long node, String name, boolean nameable, String why) {
    return new Entry(Row.Kind.LOST, Node.Form.NONE, node, 0, 0, 0, 0, nameable, name, why);
  }

  Entry named(String newName, boolean newNameable) {
    return new Entry(kind, form, node, size, seconds, nanos, address, newNameable, newName, lost);
  }

  Entry without(String why) {
    return new Entry(
        kind,
        form,
        node,
        size,
        seconds,
        nanos,
        address,
        nameable,
        name,
        lost.isEmpty() ? why : lost);
  }
}
