package org.diskferry.station.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.media.fs.FileName;
import org.diskferry.media.fs.Node;

/// Writes images with a file system of our own, as simple as a [org.diskferry.media.fs.FileTree]
/// can be: sector 0 says where the table is, the table lists nodes, names and damages, content lies
/// in between. Made in the order of the calls, so that two disks of the same calls are equal.
public final class ToyDisk {
  static final String MAGIC = "TOY DISK";
  static final long ROOT = 1;
  static final int BLOCK = 4096;

  private static final Instant TIME = Instant.parse("2009-02-03T21:57:43Z");

  private final List<ToyNode> nodes = new ArrayList<>();
  private final List<ToyLink> links = new ArrayList<>();
  private final List<ToyDamage> damages = new ArrayList<>();
  private final Map<String, Long> directories = new HashMap<>();
  private final Map<Long, byte[]> contents = new HashMap<>();
  private long nextId = ROOT + 1;
  private long nextByte = BLOCK;

  record ToyNode(
      long id, Node.Kind kind, long size, Instant modified, long physical, String unreadable) {}

  record ToyLink(long parent, FileName name, long child) {}

  record ToyDamage(long id, String reason) {}

  /// An empty one.
  public ToyDisk() {
    directories.put("", ROOT);
    nodes.add(new ToyNode(ROOT, Node.Kind.DIRECTORY, 0, TIME, -1, ""));
  }

  /// A file with these bytes.
  public ToyDisk file(String path, byte[] bytes) {
    name(path, node(Node.Kind.FILE, bytes, ""));
    return this;
  }

  /// A text file.
  public ToyDisk file(String path, String text) {
    return file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /// A file that cannot be read.
  public ToyDisk unreadable(String path, int size, String reason) {
    name(path, node(Node.Kind.FILE, new byte[size], reason));
    return this;
  }

  /// Something that is no file.
  public ToyDisk other(String path, Node.Kind kind) {
    name(path, node(kind, new byte[0], ""));
    return this;
  }

  /// A second name for a file.
  public ToyDisk hardLink(String path, String existing) {
    name(path, find(existing));
    return this;
  }

  /// A file whose last name is these bytes.
  public ToyDisk rawName(String directory, byte[] name, byte[] content) {
    FileName raw = FileName.ofUtf8(name);
    links.add(new ToyLink(directory(directory), raw, node(Node.Kind.FILE, content, "")));
    return this;
  }

  /// A name that leads to nothing.
  public ToyDisk danglingName(String path) {
    name(path, nextId++);
    return this;
  }

  /// A file without a name.
  public ToyDisk namelessFile(byte[] content) {
    node(Node.Kind.FILE, content, "");
    return this;
  }

  /// Entries of a directory are lost.
  public ToyDisk damagedDirectory(String path, String reason) {
    damages.add(new ToyDamage(directory(path), reason));
    return this;
  }

  /// Something is lost, and nobody knows what.
  public ToyDisk damage(String reason) {
    damages.add(new ToyDamage(-1, reason));
    return this;
  }

  private long node(Node.Kind kind, byte[] bytes, String unreadable) {
    long id = nextId++;
    long physical = bytes.length == 0 ? -1 : nextByte;
    nodes.add(new ToyNode(id, kind, bytes.length, TIME.plusSeconds(id), physical, unreadable));
    contents.put(id, bytes);
    nextByte += (bytes.length + BLOCK - 1L) / BLOCK * BLOCK;
    return id;
  }

  private void name(String path, long child) {
    int slash = path.lastIndexOf('/');
    String parent = slash < 0 ? "" : path.substring(0, slash);
    byte[] name = path.substring(slash + 1).getBytes(StandardCharsets.UTF_8);
    links.add(new ToyLink(directory(parent), FileName.ofUtf8(name), child));
  }

  private long directory(String path) {
    Long known = directories.get(path);
    if (known != null) {
      return known;
    }
    long id = nextId++;
    nodes.add(new ToyNode(id, Node.Kind.DIRECTORY, 0, TIME, -1, ""));
    directories.put(path, id);
    name(path, id);
    return id;
  }

  private long find(String path) {
    int slash = path.lastIndexOf('/');
    long parent = directory(slash < 0 ? "" : path.substring(0, slash));
    String name = path.substring(slash + 1);
    return links.stream()
        .filter(link -> link.parent() == parent)
        .filter(link -> link.name().text().equals(name))
        .findFirst()
        .orElseThrow()
        .child();
  }

  /// Where the first byte of a file lies in the image.
  public long position(String path) {
    long id = find(path);
    return nodes.stream().filter(n -> n.id() == id).findFirst().orElseThrow().physical();
  }

  /// Writes the image; answers its size.
  public long write(Path image) throws IOException {
    byte[] table = table();
    long size = nextByte + (table.length + BLOCK - 1L) / BLOCK * BLOCK;
    try (FileChannel out =
        FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer head = ByteBuffer.allocate(BLOCK);
      head.put(MAGIC.getBytes(StandardCharsets.US_ASCII)).putLong(nextByte).putInt(table.length);
      out.write(head.rewind(), 0);
      for (ToyNode node : nodes) {
        if (node.physical() >= 0) {
          out.write(
              ByteBuffer.wrap(contents.getOrDefault(node.id(), new byte[0])), node.physical());
        }
      }
      out.write(ByteBuffer.wrap(table), nextByte);
      out.write(ByteBuffer.allocate(1), size - 1);
    }
    return size;
  }

  private byte[] table() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(nodes.size());
    for (ToyNode node : nodes) {
      out.writeLong(node.id());
      out.writeUTF(node.kind().name());
      out.writeLong(node.size());
      out.writeLong(node.modified().getEpochSecond());
      out.writeLong(node.physical());
      out.writeUTF(node.unreadable());
    }
    out.writeInt(links.size());
    for (ToyLink link : links) {
      out.writeLong(link.parent());
      out.writeShort(link.name().length());
      out.write(link.name().bytes());
      out.writeLong(link.child());
    }
    out.writeInt(damages.size());
    for (ToyDamage damage : damages) {
      out.writeLong(damage.id());
      out.writeUTF(damage.reason());
    }
    return bytes.toByteArray();
  }
}
