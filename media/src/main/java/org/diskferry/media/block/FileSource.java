package org.diskferry.media.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;

/// An image file, opened for reading only.
public final class FileSource implements BlockSource {
  private static final int IMAGE_SECTOR = 512;

  private final FileChannel channel;
  private final long size;

  private FileSource(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  /// Opens `image`; its size is taken once, here.
  public static FileSource open(Path image) throws IOException {
    FileChannel channel = FileChannel.open(image, StandardOpenOption.READ);
    return new FileSource(channel, channel.size());
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int sectorSize() {
    return IMAGE_SECTOR;
  }

  @Override
  public void read(long offset, ByteBuffer target) throws MediaException {
    Objects.checkFromIndexSize(offset, (long) target.remaining(), size);
    long position = offset;
    while (target.hasRemaining()) {
      position += readSome(position, target);
    }
  }

  private int readSome(long position, ByteBuffer target) throws MediaException {
    try {
      int count = channel.read(target, position);
      if (count < 0) {
        throw new MediaException(Trouble.GONE, "byte " + position + ": the image was cut short");
      }
      return count;
    } catch (ClosedChannelException e) {
      throw new MediaException(Trouble.GONE, "the image was closed", e);
    } catch (IOException e) {
      throw new MediaException(Trouble.UNREADABLE, "byte " + position + ": unreadable", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Opened for reading only: nothing can be lost by a failing close.
      throw new java.io.UncheckedIOException(e);
    }
  }
}
