package org.diskferry.media.fs.hfsplus;

/// How macOS compressed a file: the number in the header of its `com.apple.decmpfs` attribute.
enum CompressionMethod {
  PLAIN(1, "stored", Place.ATTRIBUTE, true),
  ZLIB_ATTRIBUTE(3, "zlib", Place.ATTRIBUTE, true),
  ZLIB_FORK(4, "zlib", Place.RESOURCE_FORK, true),
  DEDUPLICATED(5, "kept once for several files", Place.ELSEWHERE, false),
  LZVN_ATTRIBUTE(7, "LZVN", Place.ATTRIBUTE, false),
  LZVN_FORK(8, "LZVN", Place.RESOURCE_FORK, false),
  RAW_ATTRIBUTE(9, "stored in macOS' newer form", Place.ATTRIBUTE, false),
  RAW_FORK(10, "stored in macOS' newer form", Place.RESOURCE_FORK, false),
  LZFSE_ATTRIBUTE(11, "LZFSE", Place.ATTRIBUTE, false),
  LZFSE_FORK(12, "LZFSE", Place.RESOURCE_FORK, false),
  LZBITMAP_ATTRIBUTE(13, "LZBITMAP", Place.ATTRIBUTE, false),
  LZBITMAP_FORK(14, "LZBITMAP", Place.RESOURCE_FORK, false),
  DATALESS(0x8000_0001, "not on this disk but in a cloud", Place.ELSEWHERE, false),
  UNKNOWN(0, "by a method that is not known", Place.ELSEWHERE, false);

  /// Where the bytes are.
  enum Place {
    ATTRIBUTE,
    RESOURCE_FORK,
    ELSEWHERE
  }

  private final int number;
  private final String word;
  private final Place place;
  private final boolean isReadable;

  CompressionMethod(int number, String word, Place place, boolean isReadable) {
    this.number = number;
    this.word = word;
    this.place = place;
    this.isReadable = isReadable;
  }

  static CompressionMethod of(int number) {
    for (CompressionMethod method : values()) {
      if (method.number == number) {
        return method;
      }
    }
    return UNKNOWN;
  }

  /// For people.
  String word() {
    return word;
  }

  boolean isInResourceFork() {
    return place == Place.RESOURCE_FORK;
  }

  boolean isReadable() {
    return isReadable;
  }
}
