package org.diskferry.media.fs.ext;

/// What the journal holds in place of a block.
sealed interface Newer {
  /// Block `block` of the volume, as it is.
  record Plain(long block) implements Newer {}

  /// Block `block` of the volume, whose first four bytes stand for the journal's mark.
  record Escaped(long block) implements Newer {}

  /// Something that cannot be read; neither can what it was to replace be used any more.
  record Lost(String reason) implements Newer {}
}
