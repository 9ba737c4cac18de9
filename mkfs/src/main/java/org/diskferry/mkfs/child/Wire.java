package org.diskferry.mkfs.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.block.Extent;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.fill.Placement;

/// Orders and replies as bytes: a kind, then the fields in the order of the record, numbers big
/// endian, texts and bytes with their length before them. Both ends are of one build; nothing of
/// this is stored.
final class Wire {
  /// No frame holds more: a flush's run is a MiB and a block, a content that metadata holds is
  /// less.
  private static final int MOST = 4 << 20;

  /// A file's runs: more than NTFS and ext4 can be made to need by a fresh volume.
  private static final int MOST_RUNS = 1 << 20;

  private Wire() {}

  static void write(DataOutputStream out, Order order) throws IOException {
    switch (order) {
      case Order.Open(var fileSystem, var size, var sectorSize) -> {
        out.writeByte('O');
        writeText(out, fileSystem.name());
        out.writeLong(size);
        out.writeInt(sectorSize);
      }
      case Order.Reserve(var path, var size, var modified) -> {
        out.writeByte('R');
        writePath(out, path);
        out.writeLong(size);
        writeInstant(out, modified);
      }
      case Order.Date(var file, var modified) -> {
        out.writeByte('T');
        out.writeLong(file);
        writeInstant(out, modified);
      }
      case Order.Fill(var file, var content) -> {
        out.writeByte('I');
        out.writeLong(file);
        writeBytes(out, content);
      }
      case Order.Finish(var file) -> {
        out.writeByte('F');
        out.writeLong(file);
      }
      case Order.Withdraw(var path) -> {
        out.writeByte('W');
        writePath(out, path);
      }
      case Order.Free _ -> out.writeByte('E');
      case Order.Flush _ -> out.writeByte('C');
      case Order.Conclude _ -> out.writeByte('L');
      case Order.Bytes(var bytes) -> {
        out.writeByte('B');
        writeBytes(out, bytes);
      }
    }
    out.flush();
  }

  static Order readOrder(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case 'O' -> new Order.Open(FileSystem.valueOf(readText(in)), in.readLong(), in.readInt());
      case 'R' -> new Order.Reserve(readPath(in), in.readLong(), readInstant(in));
      case 'T' -> new Order.Date(in.readLong(), readInstant(in));
      case 'I' -> new Order.Fill(in.readLong(), readBytes(in));
      case 'F' -> new Order.Finish(in.readLong());
      case 'W' -> new Order.Withdraw(readPath(in));
      case 'E' -> new Order.Free();
      case 'C' -> new Order.Flush();
      case 'L' -> new Order.Conclude();
      case 'B' -> new Order.Bytes(readBytes(in));
      default -> throw new IOException("no order begins with byte " + kind);
    };
  }

  private static void writeInstant(DataOutputStream out, Instant time) throws IOException {
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
  }

  private static Instant readInstant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  static void write(DataOutputStream out, Reply reply) throws IOException {
    switch (reply) {
      case Reply.Read(var offset, var length) -> {
        out.writeByte('r');
        out.writeLong(offset);
        out.writeInt(length);
      }
      case Reply.Written(var offset, var bytes) -> {
        out.writeByte('w');
        out.writeLong(offset);
        writeBytes(out, bytes);
      }
      case Reply.Done(var dirty) -> {
        out.writeByte('d');
        out.writeLong(dirty);
      }
      case Reply.Placed(var placement, var dirty) -> {
        out.writeByte('p');
        writePlacement(out, placement);
        out.writeLong(dirty);
      }
      case Reply.Withdrawn(var found, var dirty) -> {
        out.writeByte('o');
        out.writeBoolean(found);
        out.writeLong(dirty);
      }
      case Reply.FreeBytes(var bytes) -> {
        out.writeByte('e');
        out.writeLong(bytes);
      }
      case Reply.Failed(var message) -> {
        out.writeByte('f');
        writeText(out, message);
      }
    }
    out.flush();
  }

  static Reply readReply(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case 'r' -> new Reply.Read(in.readLong(), in.readInt());
      case 'w' -> new Reply.Written(in.readLong(), readBytes(in));
      case 'd' -> new Reply.Done(in.readLong());
      case 'p' -> new Reply.Placed(readPlacement(in), in.readLong());
      case 'o' -> new Reply.Withdrawn(in.readBoolean(), in.readLong());
      case 'e' -> new Reply.FreeBytes(in.readLong());
      case 'f' -> new Reply.Failed(readText(in));
      default -> throw new IOException("no reply begins with byte " + kind);
    };
  }

  private static void writePlacement(DataOutputStream out, Placement placement) throws IOException {
    switch (placement) {
      case Placement.Runs(var file, var runs) -> {
        out.writeByte('R');
        out.writeLong(file);
        out.writeInt(runs.size());
        for (Extent run : runs) {
          out.writeLong(run.logical());
          out.writeLong(run.physical());
          out.writeLong(run.length());
        }
      }
      case Placement.Inline(var file) -> {
        out.writeByte('I');
        out.writeLong(file);
      }
      case Placement.Full _ -> out.writeByte('F');
      case Placement.Refused(var reason) -> {
        out.writeByte('N');
        writeText(out, reason);
      }
    }
  }

  private static Placement readPlacement(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case 'R' -> new Placement.Runs(in.readLong(), readRuns(in));
      case 'I' -> new Placement.Inline(in.readLong());
      case 'F' -> new Placement.Full();
      case 'N' -> new Placement.Refused(readText(in));
      default -> throw new IOException("no placement begins with byte " + kind);
    };
  }

  private static List<Extent> readRuns(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MOST_RUNS) {
      throw new IOException(count + " runs in a frame");
    }
    List<Extent> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      runs.add(new Extent(in.readLong(), in.readLong(), in.readLong()));
    }
    return runs;
  }

  private static void writePath(DataOutputStream out, FilePath path) throws IOException {
    out.writeInt(path.names().size());
    for (String name : path.names()) {
      writeText(out, name);
    }
  }

  private static FilePath readPath(DataInputStream in) throws IOException {
    int depth = in.readInt();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      names.add(readText(in));
    }
    return new FilePath(names);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    writeBytes(out, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String readText(DataInputStream in) throws IOException {
    return StandardCharsets.UTF_8.decode(readBytes(in)).toString();
  }

  /// The bytes that remain, as an array.
  static byte[] array(ByteBuffer bytes) {
    byte[] array = new byte[bytes.remaining()];
    bytes.duplicate().get(array);
    return array;
  }

  private static void writeBytes(DataOutputStream out, ByteBuffer bytes) throws IOException {
    out.writeInt(bytes.remaining());
    out.write(array(bytes));
  }

  private static ByteBuffer readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
