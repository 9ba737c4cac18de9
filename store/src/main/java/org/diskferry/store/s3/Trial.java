package org.diskferry.store.s3;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.ObjectStore.Part;
import org.diskferry.store.ObjectStore.UploadId;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.http.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A place of its own in a bucket to try things in. What was stored is deleted at the end, as far
/// as the store lets itself be told.
final class Trial implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

  /// What is stored where nothing else matters.
  static final byte[] CONTENT =
      "Written to find out what this store can do.\n".getBytes(StandardCharsets.UTF_8);

  private final Caller caller;
  private final BucketName bucket;
  private final String prefix;
  private final Set<String> stored = new LinkedHashSet<>();

  /// @param prefix begins the keys of all that is stored
  Trial(Caller caller, BucketName bucket, String prefix) {
    this.caller = caller;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  BucketName bucket() {
    return bucket;
  }

  String key(String name) {
    return prefix + name;
  }

  Call call(String method, String name, String query) {
    return Call.of(method, bucket, key(name), query);
  }

  /// A request about the bucket itself.
  Answer ofBucket(String method, String query) throws StoreException {
    return caller.make(Call.of(method, bucket, "", query));
  }

  Answer make(Call call) throws StoreException {
    if (call.method().equals("PUT") && !call.key().isEmpty() && call.query().isEmpty()) {
      stored.add(call.key());
    }
    return caller.make(call);
  }

  Answer make(String method, String name, String query, Header... headers) throws StoreException {
    return make(call(method, name, query).with(List.of(headers)));
  }

  /// Stores [#CONTENT], covered by the signature.
  Answer put(String name, Header... headers) throws StoreException {
    return make(call("PUT", name, "").with(List.of(headers)).sending(Body.of(CONTENT), hashed()));
  }

  /// Stores [#CONTENT] with a checksum in these headers, beside the signature.
  Answer putSealed(String name, Header... headers) throws StoreException {
    Seal seal = new Seal(hashed().hash(), List.of(headers), "", true);
    return make(call("PUT", name, "").sending(Body.of(CONTENT), seal));
  }

  /// Begins an upload.
  ///
  /// @throws StoreException `REFUSED` also where the answer cannot be read
  UploadId begin(String name, Header... headers) throws StoreException {
    Call call = call("POST", name, "uploads=").with(List.of(headers));
    try {
      return Documents.uploadId(caller.make(call).body());
    } catch (XmlException e) {
      throw new StoreException(Trouble.REFUSED, "", call + ": " + e.getMessage(), e);
    }
  }

  /// A part of an upload, with [#CONTENT].
  Part part(String name, UploadId upload, int number) throws StoreException {
    String query = "partNumber=" + number + "&" + Call.parameter("uploadId", upload.value());
    Answer answer = make(call("PUT", name, query).sending(Body.of(CONTENT), hashed()));
    String etag = answer.field("ETag").map(Documents::unquoted).orElse("");
    return new Part(number, etag, CONTENT.length, "");
  }

  /// Makes an object of parts.
  Answer complete(String name, UploadId upload, List<Part> parts) throws StoreException {
    byte[] document = Documents.completion(parts);
    stored.add(key(name));
    return make(
        call("POST", name, Call.parameter("uploadId", upload.value()))
            .sending(Body.of(document), Seal.hashed(PayloadHash.of(document)))
            .slowly());
  }

  /// Drops an upload; one that is not there is fine.
  void abort(String name, UploadId upload) throws StoreException {
    tried(() -> make("DELETE", name, Call.parameter("uploadId", upload.value())));
  }

  static Seal hashed() {
    return Seal.hashed(PayloadHash.of(CONTENT));
  }

  @FunctionalInterface
  interface Attempt {
    Object make() throws StoreException;
  }

  /// What trying something came to.
  ///
  /// @param code the store's word for its refusal; empty where it did it
  record Outcome(boolean done, Trouble trouble, String code) {
    static final Outcome DONE = new Outcome(true, Trouble.REFUSED, "");

    boolean was(Trouble expected) {
      return !done && trouble == expected;
    }

    String said() {
      return code.isEmpty() ? trouble.name() : code;
    }
  }

  /// Tries something that the store may refuse, or stumble over.
  ///
  /// @throws StoreException if the answer says nothing about what was tried
  static Outcome tried(Attempt attempt) throws StoreException {
    try {
      attempt.make();
      return Outcome.DONE;
    } catch (StoreException e) {
      return refusal(e);
    }
  }

  /// A store that fails by itself has answered, too: it names a code.
  static Outcome refusal(StoreException e) throws StoreException {
    return switch (e.trouble()) {
      case REFUSED, DAMAGED, PRECONDITION, NO_SUCH_KEY, NO_SUCH_UPLOAD ->
          new Outcome(false, e.trouble(), e.code());
      case UNAVAILABLE -> {
        if (e.code().isEmpty() || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        yield new Outcome(false, e.trouble(), e.code());
      }
      case NO_SUCH_BUCKET, DENIED, FULL, SOURCE -> throw e;
    };
  }

  String crc32c() {
    return Checksum.base64(Checksum.of(CONTENT).crc32c());
  }

  @Override
  public void close() {
    for (String key : stored) {
      try {
        caller.make(Call.of("DELETE", bucket, key, ""));
      } catch (StoreException e) {
        LOG.debug("{} stays behind: {}", key, e.getMessage());
      }
    }
  }
}
