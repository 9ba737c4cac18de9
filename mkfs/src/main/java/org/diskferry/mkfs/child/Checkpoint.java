package org.diskferry.mkfs.child;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.MkfsException;

/// The file `checkpoint` beside a volume that is being filled: the metadata that the last
/// checkpoint brought, and the files that were on their way.
///
/// It is complete and synced before its first byte goes to the medium, so that a sudden end in the
/// middle is mended by writing all of it again; doing so twice changes nothing, because what comes
/// after a checkpoint leaves the metadata in it alone. See docs/formats.md.
final class Checkpoint {
  private static final long MAGIC = 0x4446_4348_4B50_5431L; // DFCHKPT1
  private static final String NAME = "checkpoint";

  /// A frame of the pipe, and some.
  private static final int MOST = 4 << 20;

  private final Path folder;

  Checkpoint(Path folder) {
    this.folder = folder;
  }

  /// Hands out what is to be written to the medium.
  @FunctionalInterface
  interface Source {
    /// Calls `target` for every run.
    void writeTo(Target target) throws IOException, MkfsException;
  }

  /// Takes a run of metadata.
  @FunctionalInterface
  interface Target {
    /// One run.
    void write(long offset, byte[] bytes) throws IOException;
  }

  /// Stores a checkpoint durably; the medium is not touched.
  void store(List<FilePath> unfinished, Source source) throws IOException, MkfsException {
    Path fresh = folder.resolve(NAME + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      CRC32C sum = new CRC32C();
      DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(
                  new CheckedOutputStream(Channels.newOutputStream(channel), sum), 1 << 16));
      out.writeLong(MAGIC);
      out.writeInt(unfinished.size());
      for (FilePath path : unfinished) {
        out.writeInt(path.names().size());
        for (String name : path.names()) {
          out.writeUTF(name);
        }
      }
      source.writeTo((offset, bytes) -> {
        out.writeLong(offset);
        out.writeInt(bytes.length);
        out.write(bytes);
      });
      out.writeLong(-1);
      out.flush();
      out.writeLong(sum.getValue());
      out.flush();
      channel.force(true);
    }
    Files.move(fresh, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder)) {
      directory.force(true);
    }
  }

  /// Writes the stored metadata to the medium, durably.
  ///
  /// @return the files that were not finished
  List<FilePath> apply(BlockDevice medium) throws IOException, MediaException {
    verify();
    List<FilePath> unfinished = new ArrayList<>();
    try (DataInputStream in = open()) {
      in.readLong();
      int paths = in.readInt();
      for (int i = 0; i < paths; i++) {
        unfinished.add(readPath(in));
      }
      for (long offset = in.readLong(); offset >= 0; offset = in.readLong()) {
        medium.write(offset, ByteBuffer.wrap(readBytes(in)));
      }
    }
    medium.force();
    return unfinished;
  }

  private DataInputStream open() throws IOException {
    return new DataInputStream(
        new BufferedInputStream(Files.newInputStream(folder.resolve(NAME)), 1 << 16));
  }

  // All of it is read before any of it is believed.
  private void verify() throws IOException {
    Path file = folder.resolve(NAME);
    CRC32C sum = new CRC32C();
    long content = Files.size(file) - Long.BYTES;
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), 1 << 16), sum))) {
      if (content < Long.BYTES || in.readLong() != MAGIC) {
        throw new IOException(file + " is not a checkpoint");
      }
      in.skipNBytes(content - Long.BYTES);
      long computed = sum.getValue();
      if (in.readLong() != computed) {
        throw new IOException(file + " is damaged");
      }
    }
  }

  private static FilePath readPath(DataInputStream in) throws IOException {
    int depth = in.readInt();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      names.add(in.readUTF());
    }
    return new FilePath(names);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST) {
      throw new IOException("a run of " + length + " bytes in a checkpoint");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  /// Whether there is one.
  boolean exists() {
    return Files.exists(folder.resolve(NAME));
  }

  /// Forgets an older volume's.
  void delete() throws IOException {
    Files.deleteIfExists(folder.resolve(NAME));
  }
}
