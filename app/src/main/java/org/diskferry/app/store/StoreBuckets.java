package org.diskferry.app.store;

import java.util.Optional;
import java.util.UUID;
import org.diskferry.access.Principal;
import org.diskferry.job.manifest.BucketUse;
import org.diskferry.server.query.BucketDirectory;
import org.diskferry.server.query.UnavailableException;
import org.diskferry.store.BucketName;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.ObjectStore.UploadId;
import org.diskferry.store.StoreException;

/// The buckets of a store that is not the depot, for those who check manifests. The store knows the
/// service's key and no customer: a bucket is open to whoever the site's policies let in, as far as
/// the service itself may use it, which is tried.
public record StoreBuckets(ObjectStore store) implements BucketDirectory {

  @Override
  public Optional<String> region(String bucket) throws UnavailableException {
    try {
      return Optional.of(store.region(new BucketName(bucket)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    } catch (StoreException e) {
      return switch (e.trouble()) {
        case NO_SUCH_BUCKET -> Optional.empty();
        // It is there, and its place is nobody's business: then it is taken to be here.
        case DENIED, REFUSED -> Optional.of("");
        case NO_SUCH_KEY, NO_SUCH_UPLOAD, PRECONDITION, DAMAGED, FULL, UNAVAILABLE, SOURCE ->
            throw unavailable(bucket, e);
      };
    }
  }

  @Override
  public boolean isOpen(String bucket, Principal caller, BucketUse.Purpose purpose)
      throws UnavailableException {
    try {
      switch (purpose) {
        case IMPORT, LOG -> tryToWrite(new BucketName(bucket));
        case EXPORT -> store.list(new BucketName(bucket), "", "");
      }
      return true;
    } catch (StoreException e) {
      return switch (e.trouble()) {
        case DENIED, REFUSED, NO_SUCH_BUCKET -> false;
        case NO_SUCH_KEY, NO_SUCH_UPLOAD, PRECONDITION, DAMAGED, FULL, UNAVAILABLE, SOURCE ->
            throw unavailable(bucket, e);
      };
    }
  }

  /// An upload that is begun and dropped needs the right to write, and leaves nothing.
  private void tryToWrite(BucketName bucket) throws StoreException {
    ObjectKey key = new ObjectKey("diskferry-check-" + UUID.randomUUID());
    UploadId upload = store.begin(bucket, key, Headers.ofType("application/octet-stream"));
    store.abort(bucket, key, upload);
  }

  private static UnavailableException unavailable(String bucket, StoreException e) {
    return new UnavailableException("bucket " + bucket + ": " + e.getMessage(), e);
  }
}
