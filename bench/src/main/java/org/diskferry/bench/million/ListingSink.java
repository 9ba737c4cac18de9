package org.diskferry.bench.million;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.diskferry.station.Digests;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoredObject;

/// Takes everything, keeps nothing, and lists what it was given because it knows the files.
record ListingSink(MadeUpFiles files) implements ObjectStore {
  @Override
  public String region(BucketName bucket) {
    return "us-east-1";
  }

  @Override
  public Stored put(BucketName bucket, ObjectKey key, Headers headers, Body body, Checksum expected)
      throws StoreException {
    return new Stored(expected.md5(), true);
  }

  @Override
  public UploadId begin(BucketName bucket, ObjectKey key, Headers headers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Part part(
      BucketName bucket, ObjectKey key, UploadId upload, int number, Body body, Checksum expected) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Stored complete(BucketName bucket, ObjectKey key, UploadId upload, List<Part> parts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void abort(BucketName bucket, ObjectKey key, UploadId upload) {}

  @Override
  public List<PendingUpload> uploads(BucketName bucket, String prefix) {
    return List.of();
  }

  @Override
  public Optional<StoredObject> head(BucketName bucket, ObjectKey key) {
    return Optional.of(object(MadeUpFiles.file(key.value())));
  }

  private static StoredObject object(int file) {
    String etag = HexFormat.of().formatHex(Digests.md5().digest(MadeUpFiles.bytes(file)));
    return new StoredObject(
        new ObjectKey(MadeUpFiles.key(file)), MadeUpFiles.size(file), etag, MadeUpFiles.TIME, "");
  }

  @Override
  public Optional<Headers> headers(BucketName bucket, ObjectKey key) {
    return Optional.empty();
  }

  @Override
  public Headers read(
      BucketName bucket, ObjectKey key, String etag, long position, ByteBuffer target) {
    target.put(
        MadeUpFiles.bytes(MadeUpFiles.file(key.value())), (int) position, target.remaining());
    return Headers.ofType("");
  }

  @Override
  public Page list(BucketName bucket, String prefix, String after) {
    int first = after.isEmpty() ? 0 : MadeUpFiles.file(after) + 1;
    List<StoredObject> page = new ArrayList<>();
    for (int file = first; file < Math.min(first + 1000, files.count()); file++) {
      page.add(object(file));
    }
    return new Page(page, first + 1000 < files.count());
  }

  @Override
  public void delete(BucketName bucket, ObjectKey key) {}

  @Override
  public void close() {}
}
