package org.diskferry.depot.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// The few things that are asked of the file system, so that tests can make any of them fail.
interface Disk {

  /// A new file, open for writing at its start.
  FileChannel create(Path file) throws IOException;

  /// Writes all that remains, at the end of what was written before.
  void append(FileChannel file, ByteBuffer bytes) throws IOException;

  /// Cuts a file that is open for writing, and goes on writing there.
  void cut(FileChannel file, long length) throws IOException;

  /// Returns when the bytes of a file are on the medium.
  void sync(FileChannel file) throws IOException;

  /// Renames a file within the file system.
  void rename(Path from, Path to) throws IOException;

  /// Returns when the names in a directory are on the medium.
  void syncDirectory(Path directory) throws IOException;

  /// Removes a file; one that does not exist is fine.
  void delete(Path file) throws IOException;

  /// Bytes that could still be written.
  long free() throws IOException;
}
