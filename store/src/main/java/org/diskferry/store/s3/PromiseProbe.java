package org.diskferry.store.s3;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.diskferry.access.signing.Header;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore.Part;
import org.diskferry.store.ObjectStore.UploadId;
import org.diskferry.store.StoreCapabilities.Promise;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.StoredObject;

/// Which promises of the protocol a store keeps.
final class PromiseProbe {
  private static final String EXPIRES = "Thu, 01 Dec 2033 16:00:00 GMT";

  private final Trial trial;

  PromiseProbe(Trial trial) {
    this.trial = trial;
  }

  Set<Promise> kept() throws StoreException {
    Set<Promise> kept = EnumSet.noneOf(Promise.class);
    for (Promise promise : Promise.values()) {
      if (keeps(promise)) {
        kept.add(promise);
      }
    }
    return kept;
  }

  private boolean keeps(Promise promise) throws StoreException {
    return switch (promise) {
      case LISTS_IN_UTF8_ORDER -> listsInOrder();
      case KEEPS_EXPIRES -> keepsExpires();
      case KNOWS_UPLOADS -> knowsUploads();
      case KNOWS_BUCKETS -> knowsBuckets();
    };
  }

  /// In UTF-16 the second stands before the first.
  private boolean listsInOrder() throws StoreException {
    String query = "encoding-type=url&list-type=2&" + Call.parameter("prefix", trial.key("order/"));
    try {
      trial.put("order/\uFF5E");
      trial.put("order/\uD83D\uDE00");
      List<ObjectKey> keys =
          Documents.page(trial.ofBucket("GET", query).body()).objects().stream()
              .map(StoredObject::key)
              .toList();
      return keys.size() == 2 && keys.getFirst().compareTo(keys.getLast()) < 0;
    } catch (StoreException e) {
      return Trial.refusal(e).done();
    } catch (XmlException e) {
      return false;
    }
  }

  private boolean keepsExpires() throws StoreException {
    Header header = new Header("Expires", EXPIRES);
    if (!Trial.tried(() -> trial.put("expires", header)).done()) {
      return false;
    }
    return isToldOf("expires") && keepsExpiresOfParts(header);
  }

  private boolean isToldOf(String name) throws StoreException {
    return trial.make("HEAD", name, "").field("Expires").orElse("").equals(EXPIRES);
  }

  /// Some keep it of whole objects and forget it of those made of parts.
  private boolean keepsExpiresOfParts(Header header) throws StoreException {
    UploadId upload = trial.begin("expires-of-parts", header);
    Part part = trial.part("expires-of-parts", upload, 1);
    trial.complete("expires-of-parts", upload, List.of(part));
    return isToldOf("expires-of-parts");
  }

  private boolean knowsUploads() throws StoreException {
    UploadId upload = trial.begin("gone");
    trial.abort("gone", upload);
    if (!Trial.tried(() -> trial.part("gone", upload, 1)).done()) {
      return true;
    }
    trial.abort("gone", upload);
    return false;
  }

  /// A host that nobody knows is an answer, too: then the bucket is missed before the store is
  /// asked.
  private boolean knowsBuckets() throws StoreException {
    BucketName nowhere = new BucketName("nobody-made-this-bucket-either");
    return misses(Call.of("POST", nowhere, trial.key("a"), "uploads="))
        && misses(Call.of("GET", nowhere, "", "location="));
  }

  private boolean misses(Call call) throws StoreException {
    try {
      trial.make(call);
      return false;
    } catch (StoreException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return e.trouble() != Trouble.NO_SUCH_UPLOAD;
    }
  }
}
