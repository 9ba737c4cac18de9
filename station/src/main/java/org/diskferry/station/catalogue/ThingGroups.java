package org.diskferry.station.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.diskferry.media.fs.Node;
import org.jspecify.annotations.Nullable;

/// Walks sorted [Things]: one thing at a time, its node and damages first, then name by name.
final class ThingGroups implements AutoCloseable {
  static final int KEY = Short.BYTES + Long.BYTES + 1;

  /// Reasons gathered for one thing: what a person reads; a hostile volume could give millions.
  private static final int MOST_TEXT = 2000;

  private final RecordCursor cursor;
  private boolean more;
  private int volume;
  private long id = Long.MIN_VALUE;
  private @Nullable Found node;
  private String damage = "";

  /// What the scan said of a node.
  record Found(
      Node.Kind kind, Node.Form form, long size, long seconds, int nanos, long firstByte) {}

  /// One name of the present thing.
  record Name(long parent, boolean valid, String text) {}

  ThingGroups(RecordCursor cursor) throws IOException {
    this.cursor = cursor;
    this.more = cursor.advance();
  }

  /// Goes to the next thing; names of the present one that were not asked for are passed over.
  boolean advance() throws IOException {
    while (more && tag() == Things.LINK && sameThing()) {
      more = cursor.advance();
    }
    if (!more) {
      return false;
    }
    ByteBuffer key = ByteBuffer.wrap(cursor.key());
    volume = Short.toUnsignedInt(key.getShort());
    id = key.getLong();
    node = null;
    damage = "";
    while (more && sameThing() && tag() != Things.LINK) {
      note();
      more = cursor.advance();
    }
    return true;
  }

  private void note() {
    if (tag() == Things.DAMAGE) {
      String reason = new String(cursor.value(), StandardCharsets.UTF_8);
      if (damage.length() < MOST_TEXT) {
        damage = damage.isEmpty() ? reason : damage + "; " + reason;
      }
    } else if (node == null) {
      ByteBuffer value = ByteBuffer.wrap(cursor.value());
      node =
          new Found(
              Codes.nodeKind(value.get()),
              Codes.form(value.get()),
              value.getLong(),
              value.getLong(),
              value.getInt(),
              value.getLong());
    } else {
      damage = "two things on the volume have the number " + id;
    }
  }

  private byte tag() {
    return cursor.key()[KEY - 1];
  }

  private boolean sameThing() {
    ByteBuffer key = ByteBuffer.wrap(cursor.key());
    return Short.toUnsignedInt(key.getShort()) == volume && key.getLong() == id;
  }

  int volume() {
    return volume;
  }

  long id() {
    return id;
  }

  /// Null where only names or damages tell of it.
  @Nullable Found node() {
    return node;
  }

  /// Reasons, empty where there are none.
  String damage() {
    return damage;
  }

  /// The next name of the present thing; null after the last.
  @Nullable Name name() throws IOException {
    if (!more || !sameThing() || tag() != Things.LINK) {
      return null;
    }
    ByteBuffer value = ByteBuffer.wrap(cursor.value());
    long parent = value.getLong();
    boolean valid = value.get() != 0;
    byte[] text = new byte[value.remaining()];
    value.get(text);
    more = cursor.advance();
    return new Name(parent, valid, new String(text, StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    cursor.close();
  }
}
