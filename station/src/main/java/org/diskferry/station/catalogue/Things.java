package org.diskferry.station.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;

/// Everything that the scans deliver, to be sorted by volume and node: a node, then its damages,
/// then its names.
final class Things implements AutoCloseable {
  static final byte NODE = 0;
  static final byte DAMAGE = 1;
  static final byte LINK = 2;

  /// Node number under which damage is kept that belongs to no node.
  static final long NOWHERE = -1;

  /// Damage reports kept for one volume's unknown places: enough to act on; more are counted.
  private static final int MOST_NOWHERE = 1000;

  private final RecordSorter sorter;

  Things(RecordSorter sorter) {
    this.sorter = sorter;
  }

  /// Takes in one volume; answers how many things it holds that are no directories.
  long scan(int volume, FileTree tree) throws IOException, MediaException {
    Scan scan = new Scan(volume, tree.root());
    try {
      tree.scan(scan);
      scan.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return scan.rows;
  }

  ThingGroups sorted() throws IOException {
    return new ThingGroups(sorter.sorted());
  }

  @Override
  public void close() throws IOException {
    sorter.close();
  }

  private final class Scan implements FileTree.Visitor {
    private final int volume;
    private final long root;
    private long rows;
    private long nowhere;

    Scan(int volume, long root) {
      this.volume = volume;
      this.root = root;
    }

    @Override
    public void node(Node node) {
      if (node.kind() != Node.Kind.DIRECTORY) {
        rows++;
      }
      ByteBuffer value = ByteBuffer.allocate(2 + 3 * Long.BYTES + Integer.BYTES);
      value.put(Codes.of(node.kind())).put(Codes.of(node.form()));
      Instant modified = node.modified();
      value.putLong(node.size()).putLong(modified.getEpochSecond()).putInt(modified.getNano());
      value.putLong(node.firstByte());
      add(node.id(), NODE, value.array());
    }

    @Override
    public void link(Link link) {
      if (link.child() == root) {
        return;
      }
      byte[] name = link.name().text().getBytes(StandardCharsets.UTF_8);
      ByteBuffer value = ByteBuffer.allocate(Long.BYTES + 1 + name.length);
      value.putLong(link.parent()).put((byte) (link.name().isValid() ? 1 : 0)).put(name);
      add(link.child(), LINK, value.array());
    }

    @Override
    public void damage(Damage damage) {
      rows++;
      if (damage.id() == NOWHERE && ++nowhere > MOST_NOWHERE) {
        return;
      }
      add(damage.id(), DAMAGE, damage.reason().getBytes(StandardCharsets.UTF_8));
    }

    void finish() {
      if (nowhere > MOST_NOWHERE) {
        String more = (nowhere - MOST_NOWHERE) + " further damages are not listed";
        add(NOWHERE, DAMAGE, more.getBytes(StandardCharsets.UTF_8));
      }
    }

    private void add(long id, byte tag, byte[] value) {
      byte[] key =
          ByteBuffer.allocate(ThingGroups.KEY)
              .putShort((short) volume)
              .putLong(id)
              .put(tag)
              .array();
      try {
        sorter.add(key, value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
