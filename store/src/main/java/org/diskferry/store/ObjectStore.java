package org.diskferry.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// An object store: what Diskferry needs of one, and no more.
///
/// Contract, held by `ObjectStoreContract` for every implementation:
///
/// * A method that returns has been done by the store, durably; a method that throws has told why.
///   Where an answer was lost the implementation finds out (HEAD) before it decides.
/// * Everything may be called by many threads at once. Nothing is cached.
/// * Keys are exact: any text of 1 to 1,024 bytes comes back from a listing as it was stored.
/// * Retries are inside: a caller never repeats a call. They end (deadlines for connect, idle and
///   the whole call) with [StoreException.Trouble#UNAVAILABLE].
/// * An interrupted thread ends its call soon, with `UNAVAILABLE`, and the interrupt flag set.
public interface ObjectStore extends AutoCloseable {

  /// The region of a bucket (`us-east-1`).
  ///
  /// @throws StoreException `NO_SUCH_BUCKET`, `DENIED`
  String region(BucketName bucket) throws StoreException;

  /// Stores `body` under `key` in one request, replacing what was there.
  ///
  /// The body is read as it is sent, more than once only for a retry. `expected` is what the body
  /// is known to hash to ([Checksum#NONE] where that is not known); where the store can compute it,
  /// it is sent along and a difference is `DAMAGED`: then nothing was stored.
  Stored put(BucketName bucket, ObjectKey key, Headers headers, Body body, Checksum expected)
      throws StoreException;

  /// Begins a multipart upload and answers its id: journalled by the caller before the first part.
  UploadId begin(BucketName bucket, ObjectKey key, Headers headers) throws StoreException;

  /// Stores part `number` (1 to 10,000) of an upload, replacing what was there. Stores take no part
  /// under 5 MiB but the last.
  Part part(
      BucketName bucket, ObjectKey key, UploadId upload, int number, Body body, Checksum expected)
      throws StoreException;

  /// Makes an object of the parts, in ascending order of their numbers. A second call for an upload
  /// that was completed answers as the first did, as long as the object has not been replaced.
  Stored complete(BucketName bucket, ObjectKey key, UploadId upload, List<Part> parts)
      throws StoreException;

  /// Drops an upload and its parts; one that does not exist (any more) is fine.
  void abort(BucketName bucket, ObjectKey key, UploadId upload) throws StoreException;

  /// Uploads under a prefix that were begun and not ended: for finding orphans.
  List<PendingUpload> uploads(BucketName bucket, String prefix) throws StoreException;

  /// What the store says of an object; empty where there is none.
  Optional<StoredObject> head(BucketName bucket, ObjectKey key) throws StoreException;

  /// The headers of an object; empty where there is none.
  Optional<Headers> headers(BucketName bucket, ObjectKey key) throws StoreException;

  /// Fills `target` with bytes of an object from `position` on, the range being inside it; a range
  /// that is not is `REFUSED`.
  ///
  /// @return what the object carries beside its bytes
  /// @throws StoreException `NO_SUCH_KEY`; `PRECONDITION` if `etag` is not empty and not the
  ///   object's
  Headers read(BucketName bucket, ObjectKey key, String etag, long position, ByteBuffer target)
      throws StoreException;

  /// One page of a listing: at most 1,000 objects whose keys begin with `prefix` and come after
  /// `after` (empty: from the start), in the order of [ObjectKey].
  Page list(BucketName bucket, String prefix, String after) throws StoreException;

  /// Deletes an object; one that does not exist is fine.
  void delete(BucketName bucket, ObjectKey key) throws StoreException;

  @Override
  void close();

  /// What a store answered to an object that it took.
  ///
  /// @param etag without quotation marks; never empty
  /// @param verified whether the store itself compared a checksum that we sent
  record Stored(String etag, boolean verified) {}

  /// What a store answered to a part.
  ///
  /// @param number 1 to 10,000
  /// @param etag without quotation marks
  /// @param size bytes
  /// @param crc32c the checksum that was sent along, base64; empty where none was
  record Part(int number, String etag, long size, String crc32c) {}

  /// Name of a multipart upload, as the store gave it.
  record UploadId(String value) {}

  /// An upload that was begun and not ended.
  record PendingUpload(ObjectKey key, UploadId upload) {}

  /// One page of a listing.
  ///
  /// @param objects in key order
  /// @param more whether there are objects after these
  record Page(List<StoredObject> objects, boolean more) {
    /// Copies the list.
    public Page {
      objects = List.copyOf(objects);
    }
  }
}
