package org.diskferry.bench.upload;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.CRC32C;
import javax.net.ssl.SSLContext;
import org.diskferry.access.Credentials;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.ObjectStore.Part;
import org.diskferry.store.ObjectStore.UploadId;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoreException;
import org.diskferry.store.http.Resolver;
import org.diskferry.store.s3.AddressStyle;
import org.diskferry.store.s3.CredentialsSource;
import org.diskferry.store.s3.Endpoint;
import org.diskferry.store.s3.HttpStore;
import org.diskferry.store.s3.Limits;

/// Uploads a directory with our client, as a process: `UploadProcess URL DIRECTORY LANES PART-MIB
/// CERTIFICATES`. Every part and every small file is read once into memory, hashed (CRC32C), and
/// sent from there, as the station does it.
final class UploadProcess {
  private static final BucketName BUCKET = new BucketName("bench");
  private static final Headers PLAIN = Headers.ofType("application/octet-stream");

  private final ObjectStore store;
  private final ExecutorService lanes;
  private final int part;
  private final BlockingQueue<ByteBuffer> buffers = new LinkedBlockingQueue<>();

  private UploadProcess(ObjectStore store, ExecutorService lanes, int count, int part) {
    this.store = store;
    this.lanes = lanes;
    this.part = part;
    for (int i = 0; i < count; i++) {
      buffers.add(ByteBuffer.allocateDirect(part));
    }
  }

  static void main(String... args) throws Exception {
    Path directory = Path.of(args[1]);
    int count = Integer.parseInt(args[2]);
    int part = Integer.parseInt(args[3]) << 20;
    try (ObjectStore store = store(URI.create(args[0]), Path.of(args[4]));
        ExecutorService lanes = Executors.newFixedThreadPool(count, Thread.ofVirtual().factory())) {
      new UploadProcess(store, lanes, count, part).upload(directory);
    }
  }

  private static ObjectStore store(URI address, Path certificates)
      throws IOException, GeneralSecurityException {
    boolean tls = address.getScheme().equals("https");
    return HttpStore.of(
        Endpoint.of(address, AddressStyle.PATH, "us-east-1"),
        CredentialsSource.of(Credentials.of("bench", "not a secret")),
        new StoreCapabilities(StoreCapabilities.Crc32c.WHOLE, false),
        Limits.USUAL,
        tls ? new SelfSigned(certificates).context() : SSLContext.getDefault(),
        Resolver.ofSystem(),
        InstantSource.system(),
        new Random());
  }

  private void upload(Path directory) throws Exception {
    List<Future<Boolean>> small = new ArrayList<>();
    for (Path file : Corpus.files(directory)) {
      ObjectKey key = new ObjectKey(directory.relativize(file).toString());
      long size = Files.size(file);
      if (size > part) {
        try (FileChannel channel = FileChannel.open(file)) {
          inParts(key, channel, size);
        }
      } else {
        small.add(lanes.submit(() -> whole(key, file, (int) size)));
      }
    }
    for (Future<Boolean> one : small) {
      one.get();
    }
  }

  private boolean whole(ObjectKey key, Path file, int size)
      throws IOException, InterruptedException, StoreException {
    ByteBuffer buffer = buffers.take();
    try (FileChannel channel = FileChannel.open(file)) {
      Piece piece = Piece.read(channel, 0, buffer.clear().limit(size));
      return store.put(BUCKET, key, PLAIN, piece, piece.checksum()).verified();
    } finally {
      buffers.put(buffer);
    }
  }

  private void inParts(ObjectKey key, FileChannel file, long size)
      throws StoreException, InterruptedException, ExecutionException {
    UploadId upload = store.begin(BUCKET, key, PLAIN);
    List<Future<Part>> parts = new ArrayList<>();
    for (long at = 0; at < size; at += part) {
      long from = at;
      int number = parts.size() + 1;
      int length = (int) Math.min(part, size - at);
      parts.add(lanes.submit(() -> part(key, upload, number, file, from, length)));
    }
    List<Part> done = new ArrayList<>();
    for (Future<Part> one : parts) {
      done.add(one.get());
    }
    store.complete(BUCKET, key, upload, done);
  }

  private Part part(
      ObjectKey key, UploadId upload, int number, FileChannel file, long from, int length)
      throws IOException, InterruptedException, StoreException {
    ByteBuffer buffer = buffers.take();
    try {
      Piece piece = Piece.read(file, from, buffer.clear().limit(length));
      return store.part(BUCKET, key, upload, number, piece, piece.checksum());
    } finally {
      buffers.put(buffer);
    }
  }

  /// Bytes of a file, in memory.
  private record Piece(ByteBuffer bytes) implements Body {

    static Piece read(FileChannel file, long from, ByteBuffer into) throws IOException {
      while (into.hasRemaining()) {
        if (file.read(into, from + into.position()) < 0) {
          throw new IOException("a file has become shorter");
        }
      }
      return new Piece(into.flip());
    }

    Checksum checksum() {
      CRC32C crc = new CRC32C();
      crc.update(bytes.duplicate());
      return Checksum.ofCrc32c(crc.getValue());
    }

    @Override
    public long size() {
      return bytes.limit();
    }

    @Override
    public void read(long position, ByteBuffer target) {
      target.put(bytes.slice((int) position, target.remaining()));
    }
  }
}
