package org.diskferry.station.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.diskferry.station.Digests;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.StoredObject;

/// A store of one bucket in a directory: it outlives the process that uses it, and a request that
/// was begun is on record. Bodies are taken in small pieces with pauses, so that a kill finds them
/// half sent.
public final class DirectoryStore implements ObjectStore {
  private static final int PIECE = 64 << 10;
  private static final int PAGE = 1000;

  private final Path objects;
  private final Path uploads;
  private final Path requests;
  private final long pauseMicros;

  /// In `root`; every piece takes `pauseMicros`.
  public DirectoryStore(Path root, long pauseMicros) throws IOException {
    this.objects = Files.createDirectories(root.resolve("objects"));
    this.uploads = Files.createDirectories(root.resolve("uploads"));
    this.requests = root.resolve("requests");
    this.pauseMicros = pauseMicros;
  }

  /// One line for every body that was begun to be taken: key, or key and part.
  public List<String> requests() throws IOException {
    return Files.exists(requests) ? Files.readAllLines(requests) : List.of();
  }

  /// Uploads that have not ended.
  public long openUploads() throws IOException {
    try (Stream<Path> open = Files.list(uploads)) {
      return open.count();
    }
  }

  /// Keys with the MD5s of their bytes.
  public List<String> contents() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(objects).sorted()) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String key = key(file).value();
        byte[] bytes = bytes(file);
        lines.add(key + " " + HexFormat.of().formatHex(Digests.md5().digest(bytes)));
      }
    }
    return lines;
  }

  /// Bytes of an object.
  public byte[] content(String key) throws IOException {
    return bytes(object(new ObjectKey(key)));
  }

  private Path object(ObjectKey key) {
    return objects.resolve(HexFormat.of().formatHex(key.bytes()));
  }

  private static ObjectKey key(Path file) {
    byte[] bytes = HexFormat.of().parseHex(file.getFileName().toString());
    return new ObjectKey(new String(bytes, StandardCharsets.UTF_8));
  }

  private static byte[] bytes(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    return java.util.Arrays.copyOfRange(all, 1 + all[0], all.length);
  }

  private static String etag(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    return new String(all, 1, all[0], StandardCharsets.US_ASCII);
  }

  private byte[] receive(String what, Body body) throws IOException, StoreException {
    Files.writeString(requests, what + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(body.size()));
    while (all.position() < all.capacity()) {
      int position = all.position();
      all.limit(Math.min(position + PIECE, all.capacity()));
      try {
        body.read(position, all);
      } catch (IOException e) {
        throw new StoreException(Trouble.SOURCE, "", "the source failed", e);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(pauseMicros * 1000);
    }
    return all.array();
  }

  private void keep(Path target, String etag, List<byte[]> pieces) throws IOException {
    Path temporary = Files.createTempFile(objects.getParent(), "incoming", "");
    byte[] name = etag.getBytes(StandardCharsets.US_ASCII);
    Files.write(temporary, new byte[] {(byte) name.length});
    Files.write(temporary, name, StandardOpenOption.APPEND);
    for (byte[] piece : pieces) {
      Files.write(temporary, piece, StandardOpenOption.APPEND);
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String md5(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.md5().digest(bytes));
  }

  @Override
  public String region(BucketName bucket) {
    return "us-east-1";
  }

  @Override
  public Stored put(BucketName bucket, ObjectKey key, Headers headers, Body body, Checksum expected)
      throws StoreException {
    return io(() -> {
      byte[] bytes = receive(key.value(), body);
      keep(object(key), md5(bytes), List.of(bytes));
      return new Stored(md5(bytes), false);
    });
  }

  @Override
  public UploadId begin(BucketName bucket, ObjectKey key, Headers headers) throws StoreException {
    return io(() -> {
      String id = UUID.randomUUID().toString();
      Path directory = Files.createDirectory(uploads.resolve(id));
      Files.writeString(directory.resolve("key"), key.value());
      return new UploadId(id);
    });
  }

  @Override
  public Part part(
      BucketName bucket, ObjectKey key, UploadId upload, int number, Body body, Checksum expected)
      throws StoreException {
    return io(() -> {
      byte[] bytes = receive(key.value() + "#" + number, body);
      keep(part(upload, number), md5(bytes), List.of(bytes));
      return new Part(number, md5(bytes), bytes.length, "");
    });
  }

  private Path part(UploadId upload, int number) throws StoreException {
    Path directory = uploads.resolve(upload.value());
    if (!Files.exists(directory)) {
      throw new StoreException(Trouble.NO_SUCH_UPLOAD, "NoSuchUpload", upload.value());
    }
    return directory.resolve("part" + number);
  }

  @Override
  public Stored complete(BucketName bucket, ObjectKey key, UploadId upload, List<Part> parts)
      throws StoreException {
    return io(() -> {
      MessageDigest md5 = Digests.md5();
      parts.forEach(part -> md5.update(HexFormat.of().parseHex(part.etag())));
      String etag = HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
      if (Files.exists(object(key)) && etag(object(key)).equals(etag)) {
        abort(bucket, key, upload);
        return new Stored(etag, false);
      }
      List<byte[]> pieces = new ArrayList<>();
      for (Part part : parts) {
        Path piece = part(upload, part.number());
        if (!etag(piece).equals(part.etag())) {
          throw new StoreException(Trouble.REFUSED, "InvalidPart", key + "#" + part.number());
        }
        pieces.add(bytes(piece));
      }
      keep(object(key), etag, pieces);
      abort(bucket, key, upload);
      return new Stored(etag, false);
    });
  }

  @Override
  public void abort(BucketName bucket, ObjectKey key, UploadId upload) throws StoreException {
    io(() -> {
      Path directory = uploads.resolve(upload.value());
      if (Files.exists(directory)) {
        // Renamed first: a kill must not leave half of an upload.
        Path gone = objects.resolveSibling("gone-" + UUID.randomUUID());
        Files.move(directory, gone);
      }
      return directory;
    });
  }

  @Override
  public List<PendingUpload> uploads(BucketName bucket, String prefix) throws StoreException {
    return io(() -> {
      List<PendingUpload> pending = new ArrayList<>();
      try (Stream<Path> all = Files.list(uploads)) {
        for (Path upload : (Iterable<Path>) all::iterator) {
          String key = Files.readString(upload.resolve("key"));
          if (key.startsWith(prefix)) {
            String id = upload.getFileName().toString();
            pending.add(new PendingUpload(new ObjectKey(key), new UploadId(id)));
          }
        }
      }
      return pending;
    });
  }

  @Override
  public Optional<StoredObject> head(BucketName bucket, ObjectKey key) throws StoreException {
    return io(() -> Files.exists(object(key)) ? Optional.of(described(key)) : Optional.empty());
  }

  private StoredObject described(ObjectKey key) throws IOException {
    Path file = object(key);
    return new StoredObject(key, bytes(file).length, etag(file), Instant.EPOCH, "");
  }

  @Override
  public Optional<Headers> headers(BucketName bucket, ObjectKey key) {
    return Optional.empty();
  }

  @Override
  public Headers read(
      BucketName bucket, ObjectKey key, String etag, long position, ByteBuffer target)
      throws StoreException {
    io(() -> target.put(bytes(object(key)), Math.toIntExact(position), target.remaining()));
    return Headers.ofType("");
  }

  @Override
  public Page list(BucketName bucket, String prefix, String after) throws StoreException {
    return io(() -> {
      List<StoredObject> found = new ArrayList<>();
      try (Stream<Path> files = Files.list(objects).sorted()) {
        for (Path file : (Iterable<Path>) files::iterator) {
          ObjectKey key = key(file);
          boolean later = after.isEmpty() || key.compareTo(new ObjectKey(after)) > 0;
          if (later && key.value().startsWith(prefix)) {
            found.add(described(key));
          }
        }
      }
      boolean more = found.size() > PAGE;
      return new Page(more ? found.subList(0, PAGE) : found, more);
    });
  }

  @Override
  public void delete(BucketName bucket, ObjectKey key) throws StoreException {
    io(() -> Files.deleteIfExists(object(key)));
  }

  @Override
  public void close() {}

  @FunctionalInterface
  private interface Deed<T> {
    T done() throws IOException, StoreException;
  }

  private static <T> T io(Deed<T> deed) throws StoreException {
    try {
      return deed.done();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
