package org.diskferry.media.fs.chain;

import java.nio.ByteBuffer;
import org.diskferry.media.MediaException;

/// Takes the records of one directory, in order.
public interface RecordSink {
  /// Bytes of a record, in FAT and exFAT alike.
  int SIZE = 32;

  /// The next record: [#SIZE] bytes of `piece`, little-endian, from `at` on, which lie at byte
  /// `position` of the volume. The piece is used again afterwards.
  ///
  /// @return whether to go on; false at the mark that ends a directory
  boolean record(ByteBuffer piece, int at, long position) throws MediaException;

  /// Some records are missing here.
  void lost(String reason) throws MediaException;

  /// The directory ends here, with or without a mark.
  void end() throws MediaException;
}
