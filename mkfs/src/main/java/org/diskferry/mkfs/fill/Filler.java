package org.diskferry.mkfs.fill;

import java.time.Instant;
import org.diskferry.mkfs.FilePath;

/// One kind of file system, as the child fills it: metadata only, by one thread.
///
/// What it reads and writes goes through the [MetadataDevice] that it was opened on. A failure is
/// final: the volume that the device shows is not used any more.
public interface Filler {

  /// Makes directories, name and room; the file's time is set.
  Placement reserve(FilePath path, long size, Instant modified) throws FillerException;

  /// Another time for a file that is not finished.
  void date(long file, Instant modified) throws FillerException;

  /// Content of a file that the metadata itself holds.
  void fill(long file, byte[] content) throws FillerException;

  /// All bytes of the file are where they belong.
  void finish(long file) throws FillerException;

  /// Takes a file out, name and room.
  ///
  /// @return false, and nothing was changed, where no file of a user's has that path
  boolean withdraw(FilePath path) throws FillerException;

  /// Bytes that are neither used nor reserved.
  long free() throws FillerException;

  /// Puts all that the library still holds in memory into the device: from these bytes alone the
  /// volume is sound. Numbers of files stay good.
  void flush() throws FillerException;

  /// What is only worth doing once, and then the last [#flush]: no reservation follows.
  void conclude() throws FillerException;
}
