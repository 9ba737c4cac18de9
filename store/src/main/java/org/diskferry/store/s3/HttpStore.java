package org.diskferry.store.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.KeyForm;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoreCapabilities.Promise;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.StoredObject;
import org.diskferry.store.http.Answer;
import org.diskferry.store.http.Connector;
import org.diskferry.store.http.Resolver;
import org.diskferry.store.http.Transport;

/// Any store that speaks S3, over HTTP/1.1 with or without TLS, signed by Signature V4.
///
/// Over plain http a body is always covered by a signed checksum; one whose checksum is not known
/// is therefore read twice, first to hash it.
public final class HttpStore implements ObjectStore {
  /// A store that lists on and on is not believed.
  private static final int MOST_UPLOAD_PAGES = 1000;

  private final Transport transport;
  private final Caller caller;
  private final Sealer sealer;
  private final StoreCapabilities capabilities;

  private HttpStore(
      Transport transport, Caller caller, Sealer sealer, StoreCapabilities capabilities) {
    this.transport = transport;
    this.caller = caller;
    this.sealer = sealer;
    this.capabilities = capabilities;
  }

  /// A client of one store.
  ///
  /// @param trust whose certificates are believed under https
  /// @param clock what requests are dated by, until the store turns out to have another time
  /// @param random for the pauses between attempts
  public static HttpStore of(
      Endpoint endpoint,
      CredentialsSource credentials,
      StoreCapabilities capabilities,
      Limits limits,
      SSLContext trust,
      Resolver resolver,
      InstantSource clock,
      RandomGenerator random) {
    Transport transport =
        new Transport(new Connector(resolver, trust, limits.connect()), limits.calls());
    Caller caller =
        new Caller(
            transport,
            new Signatures(credentials, clock),
            new Places(endpoint),
            new Throttle(limits.calls()),
            new Backoff(random, limits),
            limits,
            capabilities.expectContinue());
    Sealer sealer = new Sealer(capabilities, endpoint.origin().tls());
    return new HttpStore(transport, caller, sealer, capabilities);
  }

  /// Finds out what the store can do, by trying it on objects that are gone afterwards.
  ///
  /// @param prefix begins no key that anybody uses; ends with a slash
  public StoreCapabilities probe(BucketName bucket, String prefix) throws StoreException {
    try (Trial trial = new Trial(caller, bucket, prefix)) {
      return new Probe(trial).capabilities();
    }
  }

  /// Asks the store for everything that matters to imports, on objects that are gone afterwards.
  /// Best with [Limits#EXAMINING]: some of what is asked makes some stores fail.
  ///
  /// @param prefix begins no key that anybody uses; ends with a slash
  /// @param clock ours, to compare the store's with
  public StoreReport examine(BucketName bucket, String prefix, InstantSource clock)
      throws StoreException {
    try (Trial trial = new Trial(caller, bucket, prefix)) {
      return new Examination(trial, clock).run();
    }
  }

  /// Makes a bucket; one that is there and ours is fine.
  ///
  /// @param region empty for the store's own
  public void createBucket(BucketName bucket, String region) throws StoreException {
    Call call = Call.of("PUT", bucket, "", "");
    byte[] document = Documents.location(region);
    try {
      caller.make(call.sending(Body.of(document), Seal.hashed(PayloadHash.of(document))));
    } catch (StoreException e) {
      if (!e.code().equals("BucketAlreadyOwnedByYou")) {
        throw e;
      }
    }
  }

  /// Drops an empty bucket.
  public void deleteBucket(BucketName bucket) throws StoreException {
    unless(Trouble.NO_SUCH_BUCKET, Call.of("DELETE", bucket, "", ""));
  }

  /// A key that the store would keep under another name, or lose, is refused before it is sent.
  private void checkHeld(BucketName bucket, ObjectKey key) throws StoreException {
    if (!capabilities.holds(key)) {
      Set<KeyForm> forms = EnumSet.copyOf(KeyForm.of(key));
      forms.removeAll(capabilities.keys());
      throw new StoreException(
          Trouble.REFUSED,
          "KeyNotSupported",
          bucket + "/" + key + ": this store cannot hold keys of this form: " + forms);
    }
  }

  @Override
  public String region(BucketName bucket) throws StoreException {
    if (!capabilities.keeps(Promise.KNOWS_BUCKETS)) {
      caller.make(Call.of("HEAD", bucket, "", ""));
    }
    Call call = Call.of("GET", bucket, "", "location=");
    return read(call, caller.make(call), Documents::region);
  }

  @Override
  public Stored put(BucketName bucket, ObjectKey key, Headers headers, Body body, Checksum expected)
      throws StoreException {
    checkHeld(bucket, key);
    Call call = Call.of("PUT", bucket, key.value(), "").with(HeaderFields.of(headers));
    Seal seal = sealed(call, () -> sealer.object(body, expected));
    Answer answer = caller.make(call.sending(steady(body, expected), seal));
    String etag = answer.field("ETag").map(Documents::unquoted).orElse("");
    return new Stored(etag.isEmpty() ? toldEtag(bucket, key) : etag, seal.compared());
  }

  private String toldEtag(BucketName bucket, ObjectKey key) throws StoreException {
    return head(bucket, key)
        .map(StoredObject::etag)
        .filter(etag -> !etag.isEmpty())
        .orElseThrow(() ->
            new StoreException(
                Trouble.REFUSED,
                "",
                bucket + "/" + key + ": the store gives no ETag of what it has stored"));
  }

  private static Body steady(Body body, Checksum expected) {
    return expected.crc32c() < 0 || body.size() == 0
        ? body
        : new CheckedBody(body, expected.crc32c());
  }

  @FunctionalInterface
  private interface Sealing {
    Seal seal() throws IOException;
  }

  private static Seal sealed(Call call, Sealing sealing) throws StoreException {
    try {
      return sealing.seal();
    } catch (IOException e) {
      boolean interrupted = Thread.currentThread().isInterrupted();
      throw new StoreException(
          interrupted ? Trouble.UNAVAILABLE : Trouble.SOURCE,
          "",
          call + ": " + (interrupted ? "interrupted" : "the source failed: " + e.getMessage()),
          e);
    }
  }

  /// Attempts after the first may leave uploads behind that nobody knows of; they are found as
  /// orphans, and dropped, by whoever asks for [#uploads].
  @Override
  public UploadId begin(BucketName bucket, ObjectKey key, Headers headers) throws StoreException {
    checkHeld(bucket, key);
    List<Header> fields = new ArrayList<>(HeaderFields.of(headers));
    if (capabilities.comparesCrc32c()) {
      fields.add(new Header("x-amz-checksum-algorithm", "CRC32C"));
    }
    if (capabilities.crc32c() == StoreCapabilities.Crc32c.WHOLE) {
      fields.add(new Header("x-amz-checksum-type", "FULL_OBJECT"));
    }
    Call call = Call.of("POST", bucket, key.value(), "uploads=").with(fields);
    return read(call, caller.make(call), Documents::uploadId);
  }

  @Override
  public Part part(
      BucketName bucket, ObjectKey key, UploadId upload, int number, Body body, Checksum expected)
      throws StoreException {
    String query = "partNumber=" + number + "&" + Call.parameter("uploadId", upload.value());
    Call call = Call.of("PUT", bucket, key.value(), query);
    Seal seal = sealed(call, () -> sealer.part(body, expected));
    Answer answer = caller.make(call.sending(steady(body, expected), seal));
    String etag =
        answer
            .field("ETag")
            .map(Documents::unquoted)
            .filter(text -> !text.isEmpty())
            .orElseThrow(() ->
                new StoreException(
                    Trouble.REFUSED, "", call + ": the store gives no ETag of a part"));
    return new Part(number, etag, body.size(), seal.crc32c());
  }

  @Override
  public Stored complete(BucketName bucket, ObjectKey key, UploadId upload, List<Part> parts)
      throws StoreException {
    byte[] document = Documents.completion(parts);
    Call call =
        Call.of("POST", bucket, key.value(), Call.parameter("uploadId", upload.value()))
            .with(List.of(new Header("Content-Type", "application/xml")))
            .sending(Body.of(document), Seal.hashed(PayloadHash.of(document)))
            .slowly();
    boolean compared = parts.stream().noneMatch(part -> part.crc32c().isEmpty());
    try {
      String etag = read(call, caller.make(call), Documents::completedEtag);
      return new Stored(etag.isEmpty() ? toldEtag(bucket, key) : etag, compared);
    } catch (StoreException e) {
      boolean doubtful =
          e.trouble() == Trouble.NO_SUCH_UPLOAD || e.trouble() == Trouble.UNAVAILABLE;
      if (!doubtful || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return new Stored(settled(bucket, key, upload, parts, e), compared);
    }
  }

  /// The upload may have been completed by an attempt whose answer was lost: the object tells. Ceph
  /// fails for ever where there is no upload; whether there is one is then asked otherwise.
  private String settled(
      BucketName bucket, ObjectKey key, UploadId upload, List<Part> parts, StoreException failure)
      throws StoreException {
    try {
      Optional<StoredObject> there = head(bucket, key);
      if (there.isPresent() && Multipart.made(there.get(), parts)) {
        return there.get().etag();
      }
      if (failure.trouble() == Trouble.UNAVAILABLE) {
        String query = "max-parts=1&" + Call.parameter("uploadId", upload.value());
        caller.make(Call.of("GET", bucket, key.value(), query));
      }
    } catch (StoreException e) {
      failure.addSuppressed(e);
      if (e.trouble() == Trouble.NO_SUCH_UPLOAD || e.trouble() == Trouble.NO_SUCH_KEY) {
        throw new StoreException(
            Trouble.NO_SUCH_UPLOAD, e.code(), bucket + "/" + key + ": no such upload", failure);
      }
    }
    throw failure;
  }

  @Override
  public void abort(BucketName bucket, ObjectKey key, UploadId upload) throws StoreException {
    String query = Call.parameter("uploadId", upload.value());
    unless(Trouble.NO_SUCH_UPLOAD, Call.of("DELETE", bucket, key.value(), query));
  }

  @Override
  public List<PendingUpload> uploads(BucketName bucket, String prefix) throws StoreException {
    List<PendingUpload> all = new ArrayList<>();
    // Ceph's gateway encodes these keys when it is asked to, and does not say that it did. Without
    // being asked all stores write them as XML does, which is enough here.
    String query = "max-uploads=1000&" + Call.parameter("prefix", prefix);
    String marker = "";
    for (int i = 0; i < MOST_UPLOAD_PAGES; i++) {
      Call call = Call.of("GET", bucket, "", query + marker + "&uploads=");
      Documents.UploadsPage page = read(call, caller.make(call), Documents::uploads);
      all.addAll(page.uploads());
      if (!page.more()) {
        return all;
      }
      marker =
          "&"
              + Call.parameter("key-marker", page.nextKey())
              + "&"
              + Call.parameter("upload-id-marker", page.nextId());
    }
    throw new StoreException(
        Trouble.REFUSED, "", bucket + ": the listing of its uploads does not end");
  }

  @Override
  public Optional<StoredObject> head(BucketName bucket, ObjectKey key) throws StoreException {
    return asked(bucket, key).map(answer -> stored(key, answer));
  }

  @Override
  public Optional<Headers> headers(BucketName bucket, ObjectKey key) throws StoreException {
    return asked(bucket, key).map(HeaderFields::of);
  }

  private Optional<Answer> asked(BucketName bucket, ObjectKey key) throws StoreException {
    Call call = Call.of("HEAD", bucket, key.value(), "");
    if (capabilities.comparesCrc32c()) {
      call = call.with(List.of(new Header("x-amz-checksum-mode", "ENABLED")));
    }
    try {
      return Optional.of(headed(call));
    } catch (StoreException e) {
      if (e.trouble() == Trouble.NO_SUCH_KEY) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// An answer to HEAD has no room to say what is wrong, that the bucket is in another region for
  /// one. Then the first byte is asked for, which needs the same permission, and whose answer
  /// teaches the region or tells what it is.
  private Answer headed(Call call) throws StoreException {
    try {
      return caller.make(call);
    } catch (StoreException e) {
      if (e.trouble() != Trouble.REFUSED || !e.code().isEmpty()) {
        throw e;
      }
    }
    try {
      caller.make(
          Call.of("GET", call.bucket(), call.key(), "")
              .with(List.of(new Header("Range", "bytes=0-0")))
              .into(ByteBuffer.allocate(1)));
    } catch (StoreException e) {
      if (!e.code().equals("InvalidRange")) {
        throw e;
      }
    }
    return caller.make(call);
  }

  private static StoredObject stored(ObjectKey key, Answer answer) {
    // A checksum of checksums has the number of parts behind it, or says its type.
    String crc =
        answer
            .field("x-amz-checksum-crc32c")
            .filter(text -> text.indexOf('-') < 0)
            .filter(_ -> !answer.field("x-amz-checksum-type").orElse("").equals("COMPOSITE"))
            .orElse("");
    return new StoredObject(
        key,
        answer
            .field("Content-Length")
            .filter(t -> t.matches("\\d{1,18}"))
            .map(Long::parseLong)
            .orElse(0L),
        answer.field("ETag").map(Documents::unquoted).orElse(""),
        answer.field("Last-Modified").flatMap(Dates::read).orElse(Instant.EPOCH),
        crc);
  }

  @Override
  public Headers read(
      BucketName bucket, ObjectKey key, String etag, long position, ByteBuffer target)
      throws StoreException {
    if (!target.hasRemaining()) {
      return readNothing(bucket, key, etag);
    }
    long last = Math.addExact(position, target.remaining() - 1);
    List<Header> fields = new ArrayList<>();
    fields.add(new Header("Range", "bytes=" + position + "-" + last));
    if (!etag.isEmpty()) {
      fields.add(new Header("If-Match", '"' + etag + '"'));
    }
    Call call = Call.of("GET", bucket, key.value(), "").with(fields).into(target);
    Answer answer = caller.make(call);
    Ranges.check(call, answer, position, last);
    target.position(target.limit());
    return HeaderFields.of(answer);
  }

  private Headers readNothing(BucketName bucket, ObjectKey key, String etag) throws StoreException {
    Answer answer =
        asked(bucket, key)
            .orElseThrow(() ->
                new StoreException(
                    Trouble.NO_SUCH_KEY, "", bucket + "/" + key + ": no such object"));
    if (!etag.isEmpty() && !etag.equals(stored(key, answer).etag())) {
      throw new StoreException(
          Trouble.PRECONDITION, "", bucket + "/" + key + ": the object has been replaced");
    }
    return HeaderFields.of(answer);
  }

  @Override
  public Page list(BucketName bucket, String prefix, String after) throws StoreException {
    String query =
        "encoding-type=url&list-type=2&max-keys=1000&"
            + Call.parameter("prefix", prefix)
            + (after.isEmpty() ? "" : "&" + Call.parameter("start-after", after));
    Call call = Call.of("GET", bucket, "", query);
    Page page = read(call, caller.make(call), Documents::page);
    Listings.check(call, page, prefix, after);
    return page;
  }

  @Override
  public void delete(BucketName bucket, ObjectKey key) throws StoreException {
    unless(Trouble.NO_SUCH_KEY, Call.of("DELETE", bucket, key.value(), ""));
  }

  private void unless(Trouble fine, Call call) throws StoreException {
    try {
      caller.make(call);
    } catch (StoreException e) {
      if (e.trouble() != fine) {
        throw e;
      }
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T from(byte[] document) throws XmlException;
  }

  private static <T> T read(Call call, Answer answer, Reading<T> reading) throws StoreException {
    try {
      return reading.from(answer.body());
    } catch (XmlException e) {
      throw new StoreException(
          Trouble.REFUSED, "", call + ": the answer cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
