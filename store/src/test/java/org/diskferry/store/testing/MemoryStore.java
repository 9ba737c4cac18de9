package org.diskferry.store.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.StoredObject;

/// A store that keeps everything in memory and behaves as S3 does. Beyond the contract it lets a
/// test make and drop buckets, see what is stored and damage it.
public final class MemoryStore implements ObjectStore {
  /// The least that a part other than the last has in S3.
  public static final int SMALLEST_PART = 5 << 20;

  private static final int PAGE = 1000;
  private static final int MOST_PARTS = 10_000;

  private final InstantSource clock;
  private final StoreCapabilities capabilities;
  private final int smallestPart;
  private final Map<BucketName, MemoryBucket> buckets = new ConcurrentHashMap<>();
  private final AtomicLong uploadsBegun = new AtomicLong();

  /// A store without buckets.
  ///
  /// @param capabilities with [StoreCapabilities.Crc32c#NONE] it ignores CRCs, as old stores do
  /// @param smallestPart least bytes of a part that is not the last
  public MemoryStore(InstantSource clock, StoreCapabilities capabilities, int smallestPart) {
    this.clock = clock;
    this.capabilities = capabilities;
    this.smallestPart = smallestPart;
  }

  /// All that S3 can do, with its limits, by the system's clock.
  public static MemoryStore likeS3() {
    return new MemoryStore(InstantSource.system(), StoreCapabilities.S3, SMALLEST_PART);
  }

  /// Makes an empty bucket, or empties the one that is there.
  public MemoryStore withBucket(BucketName bucket, String region) {
    buckets.put(bucket, MemoryBucket.empty(region));
    return this;
  }

  /// Drops a bucket with all that is in it.
  public void dropBucket(BucketName bucket) {
    buckets.remove(bucket);
  }

  /// The region of a bucket; empty where there is no such bucket.
  public Optional<String> regionOf(BucketName bucket) {
    return Optional.ofNullable(buckets.get(bucket)).map(MemoryBucket::region);
  }

  /// Keys of a bucket, in order.
  public List<ObjectKey> keys(BucketName bucket) throws StoreException {
    return List.copyOf(open(bucket).objects().keySet());
  }

  /// Bytes of an object, a copy.
  public byte[] content(BucketName bucket, ObjectKey key) throws StoreException {
    return object(bucket, key).content().clone();
  }

  /// Flips the bits of one stored byte; size, ETag and checksum stay as they were.
  public void damage(BucketName bucket, ObjectKey key, int position) throws StoreException {
    object(bucket, key).content()[position] ^= (byte) 0xFF;
  }

  @Override
  public String region(BucketName bucket) throws StoreException {
    stopIfInterrupted();
    return open(bucket).region();
  }

  @Override
  public Stored put(BucketName bucket, ObjectKey key, Headers headers, Body body, Checksum expected)
      throws StoreException {
    MemoryBucket open = openFor(bucket);
    byte[] content = receive(body);
    boolean verified = verify(content, expected);
    String etag = Digests.etag(content);
    open.objects().put(key, object(headers, content, etag));
    return new Stored(etag, verified);
  }

  @Override
  public UploadId begin(BucketName bucket, ObjectKey key, Headers headers) throws StoreException {
    MemoryBucket open = openFor(bucket);
    UploadId upload = new UploadId("upload-" + uploadsBegun.incrementAndGet());
    open.uploads().put(upload, MemoryUpload.begun(key, headers));
    return upload;
  }

  @Override
  public Part part(
      BucketName bucket, ObjectKey key, UploadId upload, int number, Body body, Checksum expected)
      throws StoreException {
    MemoryUpload pending = pending(openFor(bucket), key, upload);
    if (number < 1 || number > MOST_PARTS) {
      throw new StoreException(
          Trouble.REFUSED, "InvalidArgument", "part " + number + ": a number is 1 to 10000");
    }
    byte[] content = receive(body);
    verify(content, expected);
    pending.parts().put(number, content);
    String crc = capabilities.comparesCrc32c() ? crc(content) : "";
    return new Part(number, Digests.etag(content), content.length, crc);
  }

  @Override
  public Stored complete(BucketName bucket, ObjectKey key, UploadId upload, List<Part> parts)
      throws StoreException {
    MemoryBucket open = openFor(bucket);
    String before = open.completed().get(upload);
    MemoryObject there = open.objects().get(key);
    if (before != null && there != null && there.etag().equals(before)) {
      return new Stored(before, false);
    }
    MemoryUpload pending = pending(open, key, upload);
    List<byte[]> contents = chosen(pending, parts);
    boolean verified = parts.stream().noneMatch(part -> part.crc32c().isEmpty());
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    contents.forEach(whole::writeBytes);
    String etag = Digests.etag(contents);
    open.objects().put(key, assembled(pending.headers(), whole.toByteArray(), etag));
    open.completed().put(upload, etag);
    open.uploads().remove(upload);
    return new Stored(etag, verified);
  }

  @Override
  public void abort(BucketName bucket, ObjectKey key, UploadId upload) throws StoreException {
    openFor(bucket).uploads().remove(upload);
  }

  @Override
  public List<PendingUpload> uploads(BucketName bucket, String prefix) throws StoreException {
    List<PendingUpload> found = new ArrayList<>();
    openFor(bucket)
        .uploads()
        .forEach((id, upload) -> {
          if (upload.key().value().startsWith(prefix)) {
            found.add(new PendingUpload(upload.key(), id));
          }
        });
    found.sort(
        Comparator.comparing(PendingUpload::key).thenComparing(found1 -> found1.upload().value()));
    return found;
  }

  @Override
  public Optional<StoredObject> head(BucketName bucket, ObjectKey key) throws StoreException {
    return Optional.ofNullable(openFor(bucket).objects().get(key)).map(found -> found.listed(key));
  }

  @Override
  public Optional<Headers> headers(BucketName bucket, ObjectKey key) throws StoreException {
    return Optional.ofNullable(openFor(bucket).objects().get(key))
        .map(found -> asTold(found.headers()));
  }

  @Override
  public Headers read(
      BucketName bucket, ObjectKey key, String etag, long position, ByteBuffer target)
      throws StoreException {
    stopIfInterrupted();
    MemoryObject found = object(bucket, key);
    if (!etag.isEmpty() && !etag.equals(found.etag())) {
      throw new StoreException(
          Trouble.PRECONDITION, "PreconditionFailed", key + ": the object has been replaced");
    }
    if (position < 0 || position > found.content().length - target.remaining()) {
      throw new StoreException(
          Trouble.REFUSED,
          "InvalidRange",
          key + ": " + target.remaining() + " bytes at " + position + " are not inside");
    }
    target.put(found.content(), Math.toIntExact(position), target.remaining());
    return asTold(found.headers());
  }

  @Override
  public Page list(BucketName bucket, String prefix, String after) throws StoreException {
    List<StoredObject> page = new ArrayList<>();
    for (Map.Entry<ObjectKey, MemoryObject> entry : from(bucket, prefix, after).entrySet()) {
      if (!entry.getKey().value().startsWith(prefix)) {
        break;
      }
      if (page.size() == PAGE) {
        return new Page(page, true);
      }
      page.add(entry.getValue().listed(entry.getKey()));
    }
    return new Page(page, false);
  }

  private NavigableMap<ObjectKey, MemoryObject> from(BucketName bucket, String prefix, String after)
      throws StoreException {
    NavigableMap<ObjectKey, MemoryObject> objects = openFor(bucket).objects();
    Optional<ObjectKey> first = prefix.isEmpty() ? Optional.empty() : key(prefix);
    Optional<ObjectKey> last = after.isEmpty() ? Optional.empty() : key(after);
    if (last.isPresent() && first.map(key -> key.compareTo(last.get()) <= 0).orElse(true)) {
      return objects.tailMap(last.get(), false);
    }
    return first.map(key -> objects.tailMap(key, true)).orElse(objects);
  }

  private static Optional<ObjectKey> key(String text) {
    return Optional.of(new ObjectKey(text));
  }

  @Override
  public void delete(BucketName bucket, ObjectKey key) throws StoreException {
    openFor(bucket).objects().remove(key);
  }

  @Override
  public void close() {}

  private static void stopIfInterrupted() throws StoreException {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException(Trouble.UNAVAILABLE, "", "interrupted");
    }
  }

  private MemoryBucket openFor(BucketName bucket) throws StoreException {
    stopIfInterrupted();
    return open(bucket);
  }

  private MemoryBucket open(BucketName bucket) throws StoreException {
    MemoryBucket found = buckets.get(bucket);
    if (found == null) {
      throw new StoreException(Trouble.NO_SUCH_BUCKET, "NoSuchBucket", bucket + ": no such bucket");
    }
    return found;
  }

  private MemoryObject object(BucketName bucket, ObjectKey key) throws StoreException {
    MemoryObject found = open(bucket).objects().get(key);
    if (found == null) {
      throw new StoreException(
          Trouble.NO_SUCH_KEY, "NoSuchKey", bucket + "/" + key + ": no such object");
    }
    return found;
  }

  private static MemoryUpload pending(MemoryBucket open, ObjectKey key, UploadId upload)
      throws StoreException {
    MemoryUpload found = open.uploads().get(upload);
    if (found == null || !found.key().equals(key)) {
      throw new StoreException(
          Trouble.NO_SUCH_UPLOAD, "NoSuchUpload", key + ": no upload " + upload.value());
    }
    return found;
  }

  private static byte[] receive(Body body) throws StoreException {
    ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(body.size()));
    try {
      body.read(0, content);
    } catch (IOException e) {
      throw new StoreException(Trouble.SOURCE, "", "the source failed: " + e.getMessage(), e);
    }
    if (content.hasRemaining()) {
      throw new StoreException(Trouble.SOURCE, "", "the source gave too few bytes");
    }
    return content.array();
  }

  private boolean verify(byte[] content, Checksum expected) throws StoreException {
    Checksum actual = Checksum.of(content);
    boolean crcCounts = expected.crc32c() >= 0 && capabilities.comparesCrc32c();
    boolean md5Counts = !expected.md5().isEmpty();
    if ((crcCounts && expected.crc32c() != actual.crc32c())
        || (md5Counts && !expected.md5().equals(actual.md5()))) {
      throw new StoreException(
          Trouble.DAMAGED, "BadDigest", "the bytes hash to " + actual + ", not " + expected);
    }
    return crcCounts || md5Counts;
  }

  private List<byte[]> chosen(MemoryUpload pending, List<Part> parts) throws StoreException {
    if (parts.isEmpty()) {
      throw new StoreException(Trouble.REFUSED, "MalformedXML", "no parts");
    }
    List<byte[]> contents = new ArrayList<>();
    int previous = 0;
    for (Part part : parts) {
      byte[] content = pending.parts().get(part.number());
      if (content == null || !Digests.etag(content).equals(part.etag())) {
        throw new StoreException(
            Trouble.REFUSED, "InvalidPart", "part " + part.number() + " is not what was stored");
      }
      if (part.number() <= previous) {
        throw new StoreException(
            Trouble.REFUSED, "InvalidPartOrder", "part " + part.number() + " is out of order");
      }
      if (content.length < smallestPart && contents.size() < parts.size() - 1) {
        throw new StoreException(
            Trouble.REFUSED,
            "EntityTooSmall",
            "part "
                + part.number()
                + " has "
                + content.length
                + " bytes, less than "
                + smallestPart);
      }
      previous = part.number();
      contents.add(content);
    }
    return contents;
  }

  private MemoryObject object(Headers headers, byte[] content, String etag) {
    String crc = capabilities.comparesCrc32c() ? crc(content) : "";
    return new MemoryObject(headers, content, etag, crc, clock.instant());
  }

  private MemoryObject assembled(Headers headers, byte[] content, String etag) {
    String crc = capabilities.crc32c() == StoreCapabilities.Crc32c.WHOLE ? crc(content) : "";
    return new MemoryObject(headers, content, etag, crc, clock.instant());
  }

  private static String crc(byte[] content) {
    return Checksum.base64(Checksum.of(content).crc32c());
  }

  private static Headers asTold(Headers given) {
    return new Headers(
        given.contentType(),
        given.contentEncoding(),
        given.cacheControl(),
        given.contentDisposition(),
        given.contentLanguage(),
        given.expires(),
        given.metadata(),
        "",
        given.storageClass().equals("STANDARD") ? "" : given.storageClass());
  }
}
