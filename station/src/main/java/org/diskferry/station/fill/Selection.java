package org.diskferry.station.fill;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.diskferry.job.manifest.ExportOperation;
import org.diskferry.station.task.AbandonedException;
import org.diskferry.station.task.Patience;
import org.diskferry.station.task.Steering;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoredObject;

/// What the operations of an order select, in their order and within each in the order of keys: a
/// file on the station's disk, made once for a revision, so that a later look sees the same.
/// Format: see docs/formats.md.
final class Selection {
  private static final byte[] MAGIC = "DFSELEC1".getBytes(StandardCharsets.US_ASCII);
  private static final byte OBJECT = 1;
  private static final byte END = 0;

  private final Path file;
  private final List<ExportOperation> operations;
  private final Totals totals;

  /// What is selected in all.
  record Totals(int objects, long bytes) {}

  private Selection(Path file, List<ExportOperation> operations, Totals totals) {
    this.file = file;
    this.operations = operations;
    this.totals = totals;
  }

  /// The selection that lies in `file`, listed now where it was not before.
  static Selection of(
      Path file,
      List<ExportOperation> operations,
      ObjectStore store,
      Patience patience,
      Steering steering)
      throws StoreException, IOException {
    if (!Files.exists(file)) {
      new Writing(store, patience, steering).write(file, operations);
    }
    return new Selection(file, operations, count(file));
  }

  private static Totals count(Path file) throws IOException {
    int objects = 0;
    long bytes = 0;
    try (Cursor cursor = new Cursor(file, List.of())) {
      while (cursor.advance()) {
        objects++;
        bytes += cursor.size;
      }
    }
    return new Totals(objects, bytes);
  }

  Totals totals() {
    return totals;
  }

  /// From the first on.
  Cursor open() throws IOException {
    return new Cursor(file, operations);
  }

  /// Lists buckets into a file that is there wholly or not at all.
  private static final class Writing {
    private final ObjectStore store;
    private final Patience patience;
    private final Steering steering;
    private int objects;

    Writing(ObjectStore store, Patience patience, Steering steering) {
      this.store = store;
      this.patience = patience;
      this.steering = steering;
    }

    void write(Path file, List<ExportOperation> operations) throws StoreException, IOException {
      Path part = file.resolveSibling(file.getFileName() + ".part");
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        OutputStream raw = Channels.newOutputStream(channel);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(raw, 1 << 16));
        out.write(MAGIC);
        for (int i = 0; i < operations.size(); i++) {
          list(i, operations.get(i), out);
        }
        out.writeByte(END);
        out.flush();
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void list(int index, ExportOperation operation, DataOutputStream out)
        throws StoreException, IOException {
      BucketName bucket = new BucketName(operation.bucket());
      String after = operation.beginMarker();
      boolean more = true;
      while (more) {
        if (steering.isAbandoned()) {
          throw new AbandonedException();
        }
        ObjectStore.Page page = page(bucket, operation.prefix(), after);
        for (StoredObject object : page.objects()) {
          if (isBeyond(object.key(), operation.endMarker())) {
            return;
          }
          write(index, object, out);
          after = object.key().value();
        }
        more = page.more();
      }
    }

    private static boolean isBeyond(ObjectKey key, String endMarker) {
      return !endMarker.isEmpty() && key.compareTo(new ObjectKey(endMarker)) > 0;
    }

    private ObjectStore.Page page(BucketName bucket, String prefix, String after)
        throws StoreException, IOException {
      ObjectStore.Page[] page = new ObjectStore.Page[1];
      patience.with(steering, () -> page[0] = store.list(bucket, prefix, after));
      return page[0];
    }

    private void write(int operation, StoredObject object, DataOutputStream out)
        throws IOException {
      objects = Math.incrementExact(objects);
      out.writeByte(OBJECT);
      out.writeInt(operation);
      text(object.key().value(), out);
      out.writeLong(object.size());
      out.writeLong(object.modified().toEpochMilli());
      text(object.etag(), out);
      text(object.crc32c(), out);
    }

    private static void text(String text, DataOutputStream out) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeShort(bytes.length);
      out.write(bytes);
    }
  }

  /// One object after the other. One thread at a time.
  static final class Cursor implements AutoCloseable {
    private final DataInputStream in;
    private final List<ExportOperation> operations;
    private int number = -1;
    private int operation;
    private String key = "";
    private long size;
    private Instant modified = Instant.EPOCH;
    private String etag = "";
    private String crc32c = "";

    private Cursor(Path file, List<ExportOperation> operations) throws IOException {
      this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
      this.operations = operations;
      byte[] magic = in.readNBytes(MAGIC.length);
      if (!Arrays.equals(magic, MAGIC)) {
        in.close();
        throw new IOException(file + ": is no selection of this version");
      }
    }

    /// To the next one; false behind the last.
    boolean advance() throws IOException {
      if (in.readByte() == END) {
        return false;
      }
      number++;
      operation = in.readInt();
      key = text();
      size = in.readLong();
      modified = Instant.ofEpochMilli(in.readLong());
      etag = text();
      crc32c = text();
      return true;
    }

    private String text() throws IOException {
      return new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8);
    }

    /// Where it is.
    Wish wish() {
      BucketName bucket = new BucketName(operations.get(operation).bucket());
      return new Wish(number, operation, bucket, new ObjectKey(key), size, etag, modified, crc32c);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
