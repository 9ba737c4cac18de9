package org.diskferry.station.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Node;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.station.catalogue.ByteHeap.HeapFullException;
import org.jspecify.annotations.Nullable;

/// Makes a [Catalogue] in four sorts: what the scans deliver by node (which joins names to nodes),
/// the names by parent (which joins them to paths), the rows by path, and the files by address.
final class CatalogueBuilder {
  /// Before the paths of what lies beside a container, as seen from inside.
  private static final String BESIDE = "../";

  private final Path directory;
  private final List<DataVolume> volumes;
  private final String[] prefixes;
  private boolean partitioned;

  CatalogueBuilder(Path directory, List<DataVolume> volumes) {
    this.directory = directory;
    this.volumes = volumes;
    this.prefixes = new String[volumes.size()];
  }

  Catalogue build() throws IOException, MediaException {
    List<Long> roots = volumes.stream().map(volume -> volume.tree().root()).toList();
    try (Things things = new Things(new RecordSorter(directory, "things"));
        RecordSorter named = new RecordSorter(directory, "named");
        RecordSorter pathed = new RecordSorter(directory, "pathed");
        Directories directories = Directories.create(directory, roots)) {
      scan(things);
      joinNames(things, directories, named);
      joinPaths(named, directories, pathed);
      return write(pathed);
    } catch (HeapFullException e) {
      throw MediaException.exceeded(e.getMessage());
    }
  }

  private void scan(Things things) throws IOException, MediaException {
    int carrying = 0;
    for (int v = 0; v < volumes.size(); v++) {
      long rows = things.scan(v, volumes.get(v).tree());
      boolean beside = volumes.get(v).beside();
      prefixes[v] = beside ? BESIDE : rows > 0 ? "p" + volumes.get(v).number() + "/" : "";
      carrying += rows > 0 && !beside ? 1 : 0;
    }
    partitioned = carrying > 1;
    for (int v = 0; v < volumes.size() && !partitioned; v++) {
      prefixes[v] = volumes.get(v).beside() ? BESIDE : "";
    }
  }

  private void joinNames(Things things, Directories directories, RecordSorter named)
      throws IOException, HeapFullException {
    try (ThingGroups groups = things.sorted()) {
      while (groups.advance()) {
        if (groups.node() == null) {
          joinUnknown(groups, named);
        } else if (groups.node().kind() == Node.Kind.DIRECTORY) {
          joinDirectory(groups, directories, named);
        } else {
          joinFile(groups, groups.node(), named);
        }
      }
    }
    directories.flush();
  }

  private void joinFile(ThingGroups groups, ThingGroups.Found found, RecordSorter named)
      throws IOException {
    long start = volumes.get(groups.volume()).start();
    Entry entry =
        new Entry(
            volumes.get(groups.volume()).beside() && found.kind() == Node.Kind.FILE
                ? Row.Kind.BESIDE
                : rowKind(found.kind()),
            found.form(),
            groups.id(),
            found.size(),
            found.seconds(),
            found.nanos(),
            start + Math.max(found.firstByte(), 0),
            true,
            "#" + groups.id(),
            groups.damage());
    ThingGroups.Name name = groups.name();
    if (name == null) {
      put(named, groups, root(groups), entry.without("no directory has a name for it"));
    }
    while (name != null) {
      put(named, groups, name.parent(), entry.named(name.text(), name.valid()));
      name = groups.name();
    }
  }

  private void joinDirectory(ThingGroups groups, Directories directories, RecordSorter named)
      throws IOException, HeapFullException {
    long id = groups.id();
    ThingGroups.Name name = groups.name();
    if (name != null) {
      directories.add(groups.volume(), id, name);
    } else if (id != root(groups)) {
      String why = "no directory has a name for directory number " + id;
      put(named, groups, root(groups), Entry.lost(id, "#" + id + "/", true, why));
    }
    if (!groups.damage().isEmpty()) {
      put(named, groups, id, Entry.lost(id, "", true, groups.damage()));
    }
    String why = "a second name of a directory; its files are listed under the first";
    for (name = groups.name(); name != null; name = groups.name()) {
      put(named, groups, name.parent(), Entry.lost(id, name.text() + "/", name.valid(), why));
    }
  }

  private void joinUnknown(ThingGroups groups, RecordSorter named) throws IOException {
    long id = groups.id();
    if (!groups.damage().isEmpty()) {
      String name = id == Things.NOWHERE ? "" : "#" + id;
      put(named, groups, root(groups), Entry.lost(id, name, true, groups.damage()));
    }
    String why = "the name leads to number " + id + ", which could not be found";
    for (ThingGroups.Name name = groups.name(); name != null; name = groups.name()) {
      put(named, groups, name.parent(), Entry.lost(id, name.text(), name.valid(), why));
    }
  }

  private long root(ThingGroups groups) {
    return volumes.get(groups.volume()).tree().root();
  }

  private static Row.Kind rowKind(Node.Kind kind) {
    return switch (kind) {
      case FILE -> Row.Kind.FILE;
      case LINK -> Row.Kind.LINK;
      case SPECIAL -> Row.Kind.SPECIAL;
      case STREAM -> Row.Kind.STREAM;
      case DIRECTORY -> throw new IllegalArgumentException("a directory is no row");
    };
  }

  private static void put(RecordSorter named, ThingGroups groups, long parent, Entry entry)
      throws IOException {
    byte[] key =
        ByteBuffer.allocate(Short.BYTES + Long.BYTES)
            .putShort((short) groups.volume())
            .putLong(parent)
            .array();
    named.add(key, entry.encode());
  }

  private void joinPaths(RecordSorter named, Directories directories, RecordSorter pathed)
      throws IOException {
    try (RecordCursor cursor = named.sorted()) {
      byte @Nullable [] last = null;
      Directories.Path parent = Directories.Path.ROOT;
      while (cursor.advance()) {
        ByteBuffer key = ByteBuffer.wrap(cursor.key());
        int volume = Short.toUnsignedInt(key.getShort());
        if (last == null || !Arrays.equals(last, key.array())) {
          parent = directories.path(volume, key.getLong());
          last = key.array();
        }
        join(volume, parent, Entry.decode(cursor.value()), pathed);
      }
    }
  }

  private void join(int volume, Directories.Path parent, Entry entry, RecordSorter pathed)
      throws IOException {
    String text = prefixes[volume] + parent.text() + entry.name();
    Entry whole = entry.named(text.isEmpty() ? "/" : text, entry.nameable() && parent.nameable());
    if (!parent.lost().isEmpty()) {
      whole = whole.without(parent.lost());
    }
    byte[] value = whole.encode();
    pathed.add(
        whole.name().getBytes(StandardCharsets.UTF_8),
        ByteBuffer.allocate(Short.BYTES + value.length)
            .putShort((short) volume)
            .put(value)
            .array());
  }

  private Catalogue write(RecordSorter pathed) throws IOException, HeapFullException {
    CatalogueFiles files = CatalogueFiles.create(directory);
    try (RecordCursor cursor = pathed.sorted();
        RecordSorter addressed = new RecordSorter(directory, "addressed")) {
      while (cursor.advance()) {
        ByteBuffer value = ByteBuffer.wrap(cursor.value());
        int volume = Short.toUnsignedInt(value.getShort());
        byte[] rest = new byte[value.remaining()];
        value.get(rest);
        Entry entry = Entry.decode(rest);
        int number = files.append(volume, entry);
        if (entry.kind() == Row.Kind.FILE) {
          byte[] key =
              ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                  .putLong(entry.address())
                  .putInt(number)
                  .array();
          addressed.add(key, new byte[0]);
        }
      }
      files.order(addressed);
      return new Catalogue(files, partitioned);
    } catch (IOException | HeapFullException e) {
      files.close();
      throw e;
    }
  }
}
