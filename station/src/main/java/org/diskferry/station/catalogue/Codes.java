package org.diskferry.station.catalogue;

import org.diskferry.media.fs.Node;

/// The bytes by which kinds and forms are written into files: they stay when an enum is reordered.
final class Codes {

  private Codes() {}

  static byte of(Row.Kind kind) {
    return switch (kind) {
      case FILE -> 'F';
      case LINK -> 'L';
      case SPECIAL -> 'S';
      case STREAM -> 'A';
      case BESIDE -> 'B';
      case LOST -> 'X';
    };
  }

  static Row.Kind kind(byte code) {
    return switch (code) {
      case 'F' -> Row.Kind.FILE;
      case 'L' -> Row.Kind.LINK;
      case 'S' -> Row.Kind.SPECIAL;
      case 'A' -> Row.Kind.STREAM;
      case 'B' -> Row.Kind.BESIDE;
      case 'X' -> Row.Kind.LOST;
      default -> throw new IllegalStateException("a catalogue has no kind " + code);
    };
  }

  static byte of(Node.Kind kind) {
    return switch (kind) {
      case FILE -> 'F';
      case DIRECTORY -> 'D';
      case LINK -> 'L';
      case SPECIAL -> 'S';
      case STREAM -> 'A';
    };
  }

  static Node.Kind nodeKind(byte code) {
    return switch (code) {
      case 'F' -> Node.Kind.FILE;
      case 'D' -> Node.Kind.DIRECTORY;
      case 'L' -> Node.Kind.LINK;
      case 'S' -> Node.Kind.SPECIAL;
      case 'A' -> Node.Kind.STREAM;
      default -> throw new IllegalStateException("a catalogue has no kind " + code);
    };
  }

  static byte of(Node.Form form) {
    return switch (form) {
      case ONE_EXTENT -> 'O';
      case EXTENTS -> 'E';
      case INLINE -> 'I';
      case ENCODED -> 'C';
      case UNREADABLE -> 'U';
      case NONE -> 'N';
    };
  }

  static Node.Form form(byte code) {
    return switch (code) {
      case 'O' -> Node.Form.ONE_EXTENT;
      case 'E' -> Node.Form.EXTENTS;
      case 'I' -> Node.Form.INLINE;
      case 'C' -> Node.Form.ENCODED;
      case 'U' -> Node.Form.UNREADABLE;
      case 'N' -> Node.Form.NONE;
      default -> throw new IllegalStateException("a catalogue has no form " + code);
    };
  }
}
