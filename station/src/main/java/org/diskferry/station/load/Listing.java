package org.diskferry.station.load;

import java.util.List;
import java.util.Optional;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoredObject;

/// A bucket's listing, walked beside keys that come in its order. Where thousands of other objects
/// lie between two keys, it jumps: the next key is asked for by itself and the listing goes on from
/// there.
final class Listing {
  private final ObjectStore store;
  private final BucketName bucket;
  private final String prefix;
  private List<StoredObject> page = List.of();
  private boolean more = true;
  private boolean useful = true;
  private int index;

  /// Of objects whose keys begin with `prefix`.
  Listing(ObjectStore store, BucketName bucket, String prefix) {
    this.store = store;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /// The object of `key`, which comes after all that were asked for before.
  Optional<StoredObject> find(ObjectKey key) throws StoreException {
    while (true) {
      while (index < page.size() && page.get(index).key().compareTo(key) < 0) {
        index++;
      }
      if (index < page.size()) {
        boolean there = page.get(index).key().equals(key);
        useful |= there;
        return there ? Optional.of(page.get(index)) : Optional.empty();
      }
      if (!more) {
        return Optional.empty();
      }
      if (!useful) {
        turn(key.value());
        return store.head(bucket, key);
      }
      turn(page.isEmpty() ? "" : page.getLast().key().value());
      useful = false;
    }
  }

  private void turn(String after) throws StoreException {
    ObjectStore.Page next = store.list(bucket, prefix, after);
    page = next.objects();
    more = next.more();
    index = 0;
  }
}
