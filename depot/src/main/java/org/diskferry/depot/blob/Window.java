package org.diskferry.depot.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.diskferry.depot.blob.BlobException.Trouble;

/// A file, seen a piece at a time; either as the kernel has it in memory, or from the medium, for
/// which position and length must be multiples of the block.
final class Window implements AutoCloseable {
  private final FileChannel file;
  private final int block;
  private final ByteBuffer buffer;

  private Window(FileChannel file, int block, ByteBuffer buffer) {
    this.file = file;
    this.block = block;
    this.buffer = buffer;
  }

  /// The fast way, for handing out; pieces of at most `longest` bytes.
  static Window cached(Path path, int longest) throws IOException {
    try {
      FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
      return new Window(file, 1, ByteBuffer.allocate(longest));
    } catch (NoSuchFileException e) {
      throw missing(path, e);
    }
  }

  /// Past the kernel's cache where the file system can do that, otherwise as [#cached].
  static Window ofMedium(Path path, int longest) throws IOException {
    try {
      int block = Math.toIntExact(Files.getFileStore(path).getBlockSize());
      FileChannel file = FileChannel.open(path, StandardOpenOption.READ, direct());
      ByteBuffer room = ByteBuffer.allocateDirect(Math.ceilDiv(longest, block) * block + 2 * block);
      return new Window(file, block, room.alignedSlice(block));
    } catch (NoSuchFileException e) {
      throw missing(path, e);
    } catch (UnsupportedOperationException | IOException _) {
      return cached(path, longest);
    }
  }

  /// The bytes from `position` on; fewer than `length` only at the end of the file. Valid until the
  /// next call.
  ByteBuffer read(long position, int length) throws IOException {
    long from = position / block * block;
    int skip = (int) (position - from);
    buffer.clear().limit(Math.ceilDiv(skip + length, block) * block);
    while (buffer.position() < skip + length) {
      int count = file.read(buffer, from + buffer.position());
      if (count < 0 || buffer.position() % block != 0) {
        break;
      }
    }
    int end = Math.min(buffer.position(), skip + length);
    return buffer.duplicate().position(Math.min(skip, end)).limit(end);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /// Looked up by name, because the compiler warns of the name itself: the option belongs to the
  /// JDK and not to Java.
  private static OpenOption direct() {
    try {
      for (Object option :
          Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
        if (option instanceof OpenOption found && option.toString().equals("DIRECT")) {
          return found;
        }
      }
      throw new UnsupportedOperationException("this JDK has no direct reading");
    } catch (ClassNotFoundException e) {
      throw new UnsupportedOperationException("this JDK has no direct reading", e);
    }
  }

  private static BlobException missing(Path path, IOException cause) {
    return new BlobException(Trouble.DAMAGED, "file " + path.getFileName() + " is missing", cause);
  }
}
