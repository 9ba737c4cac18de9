package org.diskferry.bench.transfer;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
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
import org.diskferry.store.StoredObject;
import org.diskferry.store.http.Resolver;
import org.diskferry.store.s3.AddressStyle;
import org.diskferry.store.s3.CredentialsSource;
import org.diskferry.store.s3.Endpoint;
import org.diskferry.store.s3.HttpStore;
import org.diskferry.store.s3.Limits;

/// Uploads or downloads a directory with our client, as a process: `OursProcess up|down URL
/// DIRECTORY LANES PART-MIB CERTIFICATES CRC`. Up, every part and every small file is read once
/// into memory, hashed (CRC32C where CRC is `yes` and the store knows it, else MD5), and sent from
/// there, as the station does it; down, every range is read into memory and written from there.
final class OursProcess {
  private static final BucketName BUCKET = new BucketName("bench");
  private static final Headers PLAIN = Headers.ofType("application/octet-stream");

  private final ObjectStore store;
  private final ExecutorService lanes;
  private final int part;
  private final boolean crc;
  private final BlockingQueue<ByteBuffer> buffers = new LinkedBlockingQueue<>();

  private OursProcess(ObjectStore store, ExecutorService lanes, int count, int part, boolean crc) {
    this.store = store;
    this.lanes = lanes;
    this.part = part;
    this.crc = crc;
    for (int i = 0; i < count; i++) {
      buffers.add(ByteBuffer.allocateDirect(part));
    }
  }

  static void main(String... args) throws Exception {
    Path directory = Path.of(args[2]);
    int count = Integer.parseInt(args[3]);
    int part = Integer.parseInt(args[4]) << 20;
    boolean crc = args[6].equals("yes");
    try (ObjectStore store = store(URI.create(args[1]), Path.of(args[5]), crc);
        ExecutorService lanes = Executors.newFixedThreadPool(count, Thread.ofVirtual().factory())) {
      OursProcess process = new OursProcess(store, lanes, count, part, crc);
      if (args[0].equals("up")) {
        process.upload(directory);
      } else {
        process.download(directory);
      }
    }
  }

  private static ObjectStore store(URI address, Path certificates, boolean crc)
      throws IOException, GeneralSecurityException {
    boolean tls = address.getScheme().equals("https");
    return HttpStore.of(
        Endpoint.of(address, AddressStyle.PATH, "us-east-1"),
        CredentialsSource.of(Credentials.of("bench", "not a secret")),
        crc
            ? new StoreCapabilities(StoreCapabilities.Crc32c.WHOLE, false)
            : StoreCapabilities.COMMON,
        Limits.USUAL,
        tls ? new SelfSigned(certificates).trusting() : SSLContext.getDefault(),
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
      return store.put(BUCKET, key, PLAIN, piece, piece.checksum(crc)).verified();
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
      return store.part(BUCKET, key, upload, number, piece, piece.checksum(crc));
    } finally {
      buffers.put(buffer);
    }
  }

  private void download(Path directory) throws Exception {
    List<Future<Boolean>> all = new ArrayList<>();
    List<FileChannel> open = new ArrayList<>();
    try {
      String after = "";
      ObjectStore.Page page;
      do {
        page = store.list(BUCKET, "", after);
        for (StoredObject object : page.objects()) {
          Path file = directory.resolve(object.key().value());
          Files.createDirectories(file.getParent());
          if (object.size() <= part) {
            all.add(lanes.submit(() -> fetch(object, file)));
          } else {
            FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            open.add(channel);
            for (long at = 0; at < object.size(); at += part) {
              long from = at;
              all.add(lanes.submit(() -> range(object, channel, from)));
            }
          }
          after = object.key().value();
        }
      } while (page.more());
      for (Future<Boolean> one : all) {
        one.get();
      }
    } finally {
      for (FileChannel channel : open) {
        channel.close();
      }
    }
  }

  private boolean fetch(StoredObject object, Path file) throws Exception {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      return range(object, channel, 0);
    }
  }

  private boolean range(StoredObject object, FileChannel file, long from) throws Exception {
    ByteBuffer buffer = buffers.take();
    try {
      buffer.clear().limit((int) Math.min(part, object.size() - from));
      store.read(BUCKET, object.key(), object.etag(), from, buffer);
      buffer.flip();
      for (long at = from; buffer.hasRemaining(); ) {
        at += file.write(buffer, at);
      }
      return true;
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

    Checksum checksum(boolean crc32c) {
      return crc32c ? crc() : md5();
    }

    private Checksum md5() {
      try {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update(bytes.duplicate());
        return new Checksum(-1, HexFormat.of().formatHex(md5.digest()));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has MD5", e);
      }
    }

    private Checksum crc() {
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
