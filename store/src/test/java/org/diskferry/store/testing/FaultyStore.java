package org.diskferry.store.testing;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.StoredObject;

/// Another store, with faults as a plan wants them, and a record of every call. Like every store it
/// has done its retries when it throws.
public final class FaultyStore implements ObjectStore {
  private static final Duration FOREVER = Duration.ofDays(1);

  private final ObjectStore store;
  private final AtomicLong arrived = new AtomicLong();
  private final Queue<StoreCall> calls = new ConcurrentLinkedQueue<>();
  private volatile FaultPlan plan = FaultPlan.calm();

  /// Without faults until a plan is set.
  public FaultyStore(ObjectStore store) {
    this.store = store;
  }

  /// From now on this plan holds; calls are counted from 1 again.
  public void follow(FaultPlan next) {
    arrived.set(0);
    plan = next;
  }

  /// Every call so far, in order of arrival.
  public List<StoreCall> calls() {
    return List.copyOf(calls);
  }

  /// How often something was asked so far.
  public long count(Operation operation) {
    return calls.stream().filter(call -> call.operation() == operation).count();
  }

  /// Forgets the calls so far.
  public void forget() {
    calls.clear();
  }

  @FunctionalInterface
  private interface Deed<T> {
    T done() throws StoreException;
  }

  private <T> T call(Operation operation, BucketName bucket, String key, Deed<T> deed)
      throws StoreException {
    StoreCall call = new StoreCall(arrived.incrementAndGet(), operation, bucket, key);
    calls.add(call);
    return switch (plan.fate(call)) {
      case Fault.None _ -> deed.done();
      case Fault.Refused refused ->
          throw new StoreException(
              refused.trouble(), refused.code(), "as planned: " + refused.trouble());
      case Fault.AnswerLost _ -> {
        deed.done();
        throw new StoreException(Trouble.UNAVAILABLE, "", "as planned: the answer was lost");
      }
      case Fault.Delayed delayed -> {
        pause(delayed.time());
        yield deed.done();
      }
      case Fault.Hanging _ -> {
        pause(FOREVER);
        throw new StoreException(Trouble.UNAVAILABLE, "", "as planned: no answer");
      }
    };
  }

  private static void pause(Duration time) throws StoreException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Trouble.UNAVAILABLE, "", "interrupted", e);
    }
  }

  @Override
  public String region(BucketName bucket) throws StoreException {
    return call(Operation.REGION, bucket, "", () -> store.region(bucket));
  }

  @Override
  public Stored put(BucketName bucket, ObjectKey key, Headers headers, Body body, Checksum expected)
      throws StoreException {
    return call(
        Operation.PUT, bucket, key.value(), () -> store.put(bucket, key, headers, body, expected));
  }

  @Override
  public UploadId begin(BucketName bucket, ObjectKey key, Headers headers) throws StoreException {
    return call(Operation.BEGIN, bucket, key.value(), () -> store.begin(bucket, key, headers));
  }

  @Override
  public Part part(
      BucketName bucket, ObjectKey key, UploadId upload, int number, Body body, Checksum expected)
      throws StoreException {
    return call(
        Operation.PART,
        bucket,
        key.value() + "#" + number,
        () -> store.part(bucket, key, upload, number, body, expected));
  }

  @Override
  public Stored complete(BucketName bucket, ObjectKey key, UploadId upload, List<Part> parts)
      throws StoreException {
    return call(
        Operation.COMPLETE, bucket, key.value(), () -> store.complete(bucket, key, upload, parts));
  }

  @Override
  public void abort(BucketName bucket, ObjectKey key, UploadId upload) throws StoreException {
    call(
        Operation.ABORT,
        bucket,
        key.value(),
        () -> {
          store.abort(bucket, key, upload);
          return true;
        });
  }

  @Override
  public List<PendingUpload> uploads(BucketName bucket, String prefix) throws StoreException {
    return call(Operation.UPLOADS, bucket, prefix, () -> store.uploads(bucket, prefix));
  }

  @Override
  public Optional<StoredObject> head(BucketName bucket, ObjectKey key) throws StoreException {
    return call(Operation.HEAD, bucket, key.value(), () -> store.head(bucket, key));
  }

  @Override
  public Optional<Headers> headers(BucketName bucket, ObjectKey key) throws StoreException {
    return call(Operation.HEADERS, bucket, key.value(), () -> store.headers(bucket, key));
  }

  @Override
  public Headers read(
      BucketName bucket, ObjectKey key, String etag, long position, ByteBuffer target)
      throws StoreException {
    return call(
        Operation.READ, bucket, key.value(), () -> store.read(bucket, key, etag, position, target));
  }

  @Override
  public Page list(BucketName bucket, String prefix, String after) throws StoreException {
    return call(Operation.LIST, bucket, prefix, () -> store.list(bucket, prefix, after));
  }

  @Override
  public void delete(BucketName bucket, ObjectKey key) throws StoreException {
    call(
        Operation.DELETE,
        bucket,
        key.value(),
        () -> {
          store.delete(bucket, key);
          return true;
        });
  }

  @Override
  public void close() {
    store.close();
  }
}
