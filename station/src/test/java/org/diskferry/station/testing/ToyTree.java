package org.diskferry.station.testing;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.Extent;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileName;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;
import org.diskferry.media.stack.DataVolume;

/// Reads a [ToyDisk].
public final class ToyTree implements FileTree {
  private final BlockSource bytes;
  private final Volume.State state;
  private final long unexplained;
  private final Map<Long, Content> contents = new HashMap<>();

  private ToyTree(BlockSource bytes, Volume.State state, long unexplained) {
    this.bytes = bytes;
    this.state = state;
    this.unexplained = unexplained;
  }

  /// The volumes of a device: one if it is a toy disk, none if not.
  public static List<DataVolume> open(BlockSource device) throws MediaException {
    return open(device, Volume.State.CLEAN, 0);
  }

  /// Likewise, with a state and bytes that are allocated and belong to nothing.
  public static List<DataVolume> open(BlockSource device, Volume.State state, long unexplained)
      throws MediaException {
    if (device.size() < ToyDisk.BLOCK) {
      return List.of();
    }
    ByteBuffer head = ByteBuffer.allocate(ToyDisk.MAGIC.length());
    device.read(0, head);
    String magic = new String(head.array(), StandardCharsets.ISO_8859_1);
    return magic.equals(ToyDisk.MAGIC)
        ? List.of(new DataVolume(0, device, 0, new ToyTree(device, state, unexplained)))
        : List.of();
  }

  @Override
  public Volume volume() {
    return new Volume("toy", "", "uuid", ToyDisk.BLOCK, bytes.size(), bytes.size(), state);
  }

  @Override
  public long root() {
    return ToyDisk.ROOT;
  }

  @Override
  public void scan(Visitor visitor) throws MediaException {
    ByteBuffer head = ByteBuffer.allocate(20);
    bytes.read(0, head);
    ByteBuffer table = ByteBuffer.allocate(head.getInt(16));
    bytes.read(head.getLong(8), table);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(table.array()))) {
      nodes(in, visitor);
      int links = in.readInt();
      for (int i = 0; i < links; i++) {
        long parent = in.readLong();
        byte[] name = in.readNBytes(in.readUnsignedShort());
        visitor.link(new Link(parent, FileName.ofUtf8(name), in.readLong()));
      }
      int damages = in.readInt();
      for (int i = 0; i < damages; i++) {
        visitor.damage(new Damage(in.readLong(), in.readUTF()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void nodes(DataInputStream in, Visitor visitor) throws IOException, MediaException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      long id = in.readLong();
      Node.Kind kind = Node.Kind.valueOf(in.readUTF());
      long size = in.readLong();
      Instant modified = Instant.ofEpochSecond(in.readLong());
      long physical = in.readLong();
      String unreadable = in.readUTF();
      Node.Form form = kind == Node.Kind.FILE ? Node.Form.EXTENTS : Node.Form.NONE;
      if (!unreadable.isEmpty()) {
        form = Node.Form.UNREADABLE;
        contents.put(id, new Content.Unreadable(unreadable));
      } else {
        contents.put(id, new Content.Extents(size, runs(size, physical)));
      }
      visitor.node(new Node(id, kind, size, modified, physical, form));
    }
  }

  private static List<Extent> runs(long size, long physical) {
    return size == 0 ? List.of() : List.of(new Extent(0, physical, size));
  }

  @Override
  public Content content(long id) {
    return contents.getOrDefault(id, new Content.Unreadable("no such file"));
  }

  @Override
  public Coverage coverage() {
    long units = bytes.size() / ToyDisk.BLOCK;
    long missing = unexplained / ToyDisk.BLOCK;
    List<Coverage.Range> ranges =
        missing == 0 ? List.of() : List.of(new Coverage.Range(units - missing, missing));
    return new Coverage(ToyDisk.BLOCK, units, units - missing, ranges, List.of(), List.of());
  }
}
